using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Values one behind the other along the channels, copied there unless they were made there (<see cref="ConcatenationParts"/>). The gradient of each is its
/// part of the whole gradient.
/// </summary>
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
            bool isLast = input == Inputs.Length - 1;
            if (x.Tensor == y.Tensor)
            {
                channel += channels;
                if (isLast)
                    pass.ClearLanes(MethodStem, y);
                continue;
            }

            int behind = isLast ? y.Layout.Pitch - channel - channels : 0;
            string formula =
                $"y[.., {Formulas.Number(channel)}..{Formulas.Number(channel + channels)}] = x[{Formulas.Dimensions(new TensorShape(channels, Output.Axes))}]";
            pass.Call(this, "ForwardOf" + Formulas.Number(input), formula, Copy(x, y with { Channel = channel }, channels, behind), divides: true);
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
            KernelCall copy = Copy(dy.Value with { Channel = channel }, dx, channels, dx.Layout.Pitch - channels);
            string formula = $"dx = dy[.., {Formulas.Number(channel)}..{Formulas.Number(channel + channels)}]";
            pass.Schedule.PerImage(copy.Step(MethodStem + "BackwardOf" + Formulas.Number(input), formula), pass.IsOptional(this, input));
            pass.Contribute(this, input, dx);
            channel += channels;
        }
    }

    private static KernelCall Copy(Value x, Value y, int channels, int behind) =>
        KernelCall.Of(RuntimeKernel.CopyChannels).In("x", x).Numbers(x.Layout.Pitch).Out("y", y).Numbers(y.Layout.Pitch).Positions().Numbers(channels, behind);
}

internal sealed class ConcatNodeFactory : NodeFactory<ConcatSpec>
{
    public override Node Make(NodeSite site) => AxisNumber.Place(((ConcatSpec)site.Layer.Spec).Axis, site.Output) is var place and > 0
        ? RearrangementNodes.Of(site, Movement.Side([.. site.Inputs.Select(site.Shape)], site.Output, place))
        : new ConcatNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
