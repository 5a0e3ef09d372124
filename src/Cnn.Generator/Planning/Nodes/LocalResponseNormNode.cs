using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Division by a power of the mean square of neighbouring channels.</summary>
public sealed record LocalResponseNormNode : Node
{
    public LocalResponseNormSpec Spec => (LocalResponseNormSpec)Layer.Spec;

    private string Numbers => $"{Rows.Number(Spec.Size)}, {Activations.Literal(Spec.Alpha)}, {Activations.Literal(Spec.Beta)}, {Activations.Literal(Spec.K)}";

    /// <summary>The channels of one position with the zeros around them that a window may reach.</summary>
    private int ScratchFloats => TensorLayout.Plain(Input).Pitch + Spec.Size - 1;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.InPlaceOr(this, keepsInput: pass.Training);
        Operand scratch = ScheduleBuilder.At(pass.Schedule.Tensor(Names.Local(Name) + "Squares", ScratchFloats));
        string method = pass.Methods.Add(
            MethodStem + "Forward",
            $"y[{Formulas.Dimensions(Output)}] = x / (k + alpha / size * sum of x^2 over {Rows.Number(Spec.Size)} channels)^beta; size, alpha, beta, k: {Numbers}",
            Rows.Over(
                $"_run::LocalResponseNormKernels.Forward(ref {{x}}, ref {{y}}, ref {{scratch}}, {{positions}}, {Rows.Number(Input.Channels)}, {{pitch}}, {Numbers});",
                [("x", x.Layout), ("y", y.Layout)], ["scratch"]));
        pass.Schedule.PerImage(method, false, x.Interior, y.Interior, scratch);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool optional = pass.IsOptional(this);
        Value x = pass.Forward.InputOf(this);
        Value dx = pass.Fresh(this);
        Operand scratch = ScheduleBuilder.At(pass.Schedule.Tensor(BackwardPass.NameOf(this, "Terms"), 2 * ScratchFloats, optional));
        string method = pass.Methods.Add(
            MethodStem + "Backward",
            "dx = dy / scale^beta - 2 alpha / size * beta * x * sum of dy * x / scale^(beta + 1) over the windows that hold the channel",
            Rows.Over(
                $"_run::LocalResponseNormKernels.Backward(ref {{dy}}, ref {{x}}, ref {{dx}}, ref {{scratch}}, {{positions}}, {Rows.Number(Input.Channels)}, {{pitch}}, {Numbers});",
                [("dy", dy.Layout), ("x", x.Layout), ("dx", dx.Layout)], ["scratch"]));
        pass.Schedule.PerImage(method, optional, dy.Interior, x.Interior, dx.Interior, scratch);
        pass.Contribute(this, 0, dx);
    }
}
