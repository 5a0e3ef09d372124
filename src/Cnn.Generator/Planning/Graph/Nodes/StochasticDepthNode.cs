using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Stochastic depth, in a trainer: whole images are dropped.</summary>
public sealed record StochasticDepthNode : MaskNode
{
    public StochasticDepthSpec Spec => (StochasticDepthSpec)Layer.Spec;

    /// <inheritdoc/>
    protected override Step Apply(Address x, Address y, TensorLayout plain) => KernelCall.Of(RuntimeKernel.StochasticDepth)
        .In("x", x)
        .Out("y", y)
        .Numbers(plain.RawSize)
        .Reals(Spec.Probability)
        .Number(RunNumbers.DropoutKey)
        .Argue(new ImageMultipleArgument(1))
        .Step(MethodStem + "Apply",
            $"y = 0 for the whole image with probability {Formulas.Real(Spec.Probability)}, else x / (1 - probability); the same for the gradient");
}

internal sealed class StochasticDepthNodeFactory : NodeFactory<StochasticDepthSpec>
{
    public override Node? Make(NodeSite site) => !site.Training ? null : new StochasticDepthNode
    {
        Layer = site.Layer,
        Inputs = site.Inputs,
        Input = site.Input,
        Output = site.Input,
        Ordinal = MaskNode.NextOrdinal(site),
    };
}
