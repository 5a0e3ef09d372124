using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Dropout, in a trainer. The mask is drawn by the element's place in a tensor without border, so that forward and backward agree.</summary>
public sealed record DropoutNode : Node
{
    public DropoutSpec Spec => (DropoutSpec)Layer.Spec;

    /// <summary>Its number among the dropout layers, from which its masks are drawn.</summary>
    public required int Ordinal { get; init; }

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => InputNeed.Contiguity;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        TensorLayout plain = TensorLayout.Plain(Input);
        Value y = !pass.MayOverwrite(this) || x.Layout != plain ? new Value(pass.Schedule.Tensor(Names.Local(Name) + "Output", plain.Size), plain) : x;
        pass.Schedule.PerImageWithKey(Method(pass.Methods, plain), Ordinal, false, x.Interior, y.Start);
        pass.Made(this, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value dx = dy.IsShared ? pass.Fresh(this, bordered: false) : dy.Value;
        pass.Schedule.PerImageWithKey(Method(pass.Methods, dy.Layout), Ordinal, pass.IsOptional(this), dy.Start, dx.Start);
        pass.Contribute(this, 0, dx);
    }

    private string Method(MethodLibrary methods, TensorLayout plain) => methods.Add(
        MethodStem + "Apply",
        $"y[{Formulas.Dimensions(Output)}] = 0 with probability {Activations.Literal(Spec.Probability)}, else x / (1 - probability); the same for the gradient",
        Rows.Single(
            $"_run::DropoutKernel.Apply(ref {{x}}, ref {{y}}, {Rows.Number(plain.RawSize)}, {Activations.Literal(Spec.Probability)}, key, (ulong)image * {Rows.Number(plain.Size)}UL);",
            ["x", "y"],
            ["ulong key", "int image"]));
}
