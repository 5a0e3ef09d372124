using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>The rectifier with learned slopes. A slope may become negative, so that the derivative is taken from the input, and nothing fuses it.</summary>
public sealed record PReLUNode : Node
{
    public PReLUSpec Spec => (PReLUSpec)Layer.Spec;

    private string PerChannel => Spec.PerChannel ? "true" : "false";

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => training ? InputNeed.Contiguity : InputNeed.Any;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.InPlaceOr(this, keepsInput: pass.Training);
        pass.Call(
            MethodStem + "Forward",
            $"y[{Formulas.Dimensions(Output)}] = x where x > 0, else slope * x",
            Rows.Over($"_run::PReLUKernels.Forward(ref {{x}}, ref {{slope}}, ref {{y}}, {{positions}}, {{pitch}}, {PerChannel});", [("x", x.Layout), ("y", y.Layout)], ["slope"], divides: pass.SharesImages),
            x.Interior,
            y.Interior,
            pass.Places.Parameter(this, "weight"));
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value x = pass.Forward.InputOf(this);
        if (IsTrainable)
            PlanSlope(pass, dy, x);
        bool optional = pass.IsOptional(this);
        if (optional)
            pass.Flush();
        Value dx = pass.Fresh(this);
        string method = pass.Methods.Add(
            MethodStem + "Backward",
            "dx = dy where x > 0, else slope * dy",
            Rows.Over(
                $"_run::PReLUKernels.Backward(ref {{dy}}, ref {{x}}, ref {{slope}}, ref {{dx}}, {{positions}}, {{pitch}}, {PerChannel});",
                [("dy", dy.Layout), ("x", x.Layout), ("dx", dx.Layout)], ["slope"]));
        pass.Schedule.PerImage(method, optional, dy.Interior, x.Interior, dx.Interior, pass.Places.Parameter(this, "weight"));
        pass.Contribute(this, 0, dx);
    }

    /// <summary>The slopes' gradient: sums per image first, then over the images in order.</summary>
    private void PlanSlope(BackwardPass pass, Gradient dy, Value x)
    {
        string pitch = Rows.Number(x.Layout.Pitch);
        Operand sums = ScheduleBuilder.At(pass.Schedule.Tensor(BackwardPass.NameOf(this, "SlopeSums"), x.Layout.Pitch));
        string each = pass.Methods.Add(
            MethodStem + "SlopeSums",
            "sums[c] = sum of dy * x over one image's positions where x <= 0",
            Rows.Single($"_run::PReLUKernels.SlopeSums(ref {{dy}}, ref {{x}}, {Rows.Number(x.Layout.Positions)}, {pitch}, ref {{sums}});", ["dy", "x", "sums"]));
        pass.Schedule.PerImage(each, false, dy.Interior, x.Interior, sums);
        string call = Spec.PerChannel
            ? $"_run::Reductions.SumImages(ref {{sums}}, images, {pitch}, ref {{dw}});"
            : $"_run::PReLUKernels.SharedSlopeGradient(ref {{sums}}, images, {Rows.Number(x.Layout.Channels)}, {pitch}, ref {{dw}});";
        string all = pass.Methods.Add(MethodStem + "SlopeGradient", "dw = sum of the images' sums", Rows.Single(call, ["sums", "dw"], ["int images"]));
        pass.Defer(() => pass.Schedule.Batch(all, CallShape.OnceWithImages, 0, false, false, sums, pass.Places.Gradient(this, "weight")));
    }
}
