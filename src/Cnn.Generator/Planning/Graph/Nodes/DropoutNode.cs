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
        pass.Schedule.PerImage(Apply(x.Interior, y.Start, plain), ordinal: Ordinal);
        pass.Made(this, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value dx = dy.IsShared ? pass.Fresh(this, bordered: false) : dy.Value;
        pass.Schedule.PerImage(Apply(dy.Start, dx.Start, dy.Layout), pass.IsOptional(this), Ordinal);
        pass.Contribute(this, 0, dx);
    }

    private Step Apply(Address x, Address y, TensorLayout plain) => KernelCall.Of(RuntimeKernel.Dropout)
        .In("x", x)
        .Out("y", y)
        .Numbers(plain.RawSize)
        .Reals(Spec.Probability)
        .Number(RunNumbers.DropoutKey)
        .Argue(new ImageMultipleArgument(plain.Size))
        .Step(MethodStem + "Apply",
            $"y[{Formulas.Dimensions(Output)}] = 0 with probability {Formulas.Real(Spec.Probability)}, else x / (1 - probability); the same for the gradient");
}

internal sealed class DropoutNodeFactory : NodeFactory<DropoutSpec>
{
    public override Node? Make(NodeSite site) => !site.Training ? null : new DropoutNode
    {
        Layer = site.Layer,
        Inputs = site.Inputs,
        Input = site.Input,
        Output = site.Input,
        Ordinal = site.Before.OfType<DropoutNode>().Count(),
    };
}
