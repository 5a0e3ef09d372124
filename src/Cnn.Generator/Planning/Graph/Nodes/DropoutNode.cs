using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Dropout, in a trainer. The mask is drawn by the element's place in a tensor without border, so that forward and backward agree.</summary>
public sealed record DropoutNode : MaskNode
{
    public DropoutSpec Spec => (DropoutSpec)Layer.Spec;

    /// <inheritdoc/>
    protected override Step Apply(Address x, Address y, TensorLayout plain) => KernelCall.Of(RuntimeKernel.Dropout)
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
        Ordinal = MaskNode.NextOrdinal(site),
    };
}
