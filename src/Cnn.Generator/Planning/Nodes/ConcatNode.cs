using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Values one behind the other along the channels. The gradient of each is its part of the whole gradient.</summary>
public sealed record ConcatNode : Node
{
    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value y = pass.Fresh(this);
        int channel = 0;
        for (int input = 0; input < Inputs.Length; input++)
        {
            Value x = pass.InputOf(this, input);
            int channels = x.Layout.Channels;
            int behind = input == Inputs.Length - 1 ? y.Layout.Pitch - channel - channels : 0;
            pass.Call(
                MethodStem + "Forward",
                $"y[.., {Rows.Number(channel)}..{Rows.Number(channel + channels)}] = x[{Formulas.Dimensions(new TensorShape(channels, Output.Axes))}]",
                Copy(x.Layout, y.Layout, channels, behind, divides: pass.SharesImages),
                x.Interior,
                ScheduleBuilder.At(y.Tensor, y.Layout.Interior + channel));
            channel += channels;
        }
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        int channel = 0;
        for (int input = 0; input < Inputs.Length; input++)
        {
            Value dx = pass.Fresh(this, input);
            int channels = dx.Layout.Channels;
            string method = pass.Methods.Add(
                MethodStem + "Backward",
                $"dx = dy[.., {Rows.Number(channel)}..{Rows.Number(channel + channels)}]",
                Copy(dy.Layout, dx.Layout, channels, dx.Layout.Pitch - channels));
            pass.Schedule.PerImage(method, pass.IsOptional(this, input), ScheduleBuilder.At(dy.Value.Tensor, dy.Layout.Interior + channel), dx.Interior);
            pass.Contribute(this, input, dx);
            channel += channels;
        }
    }

    private static RowsBody Copy(TensorLayout x, TensorLayout y, int channels, int behind, bool divides = false) => Rows.OverPositions(
        $"_run::ChannelSlices.Copy(ref {{x}}, {Rows.Number(x.Pitch)}, ref {{y}}, {Rows.Number(y.Pitch)}, {{positions}}, {Rows.Number(channels)}, {Rows.Number(behind)});",
        [("x", x), ("y", y)], divides);
}
