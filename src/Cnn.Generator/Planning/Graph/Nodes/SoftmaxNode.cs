using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Softmax over the channels of each position, or its logarithm.</summary>
public sealed record SoftmaxNode : Node
{
    public SoftmaxSpec Spec => (SoftmaxSpec)Layer.Spec;

    /// <inheritdoc/>
    public override bool KeepsOutput => true;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        KernelCall call = KernelCall.Of(RuntimeKernel.SoftmaxForward).In("x", x).Out("y", y).Positions().Numbers(x.Layout.Channels)
            .Pitch().Flag(Spec.Logarithm);
        pass.Call(this, "Forward", $"y = {Spec.Kind}(x) over {Formulas.Number(x.Layout.Channels)} channels", call);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value y = pass.Forward.OutputOf(this);
        Value dx = pass.Fresh(this);
        KernelCall call = KernelCall.Of(RuntimeKernel.SoftmaxBackward).In("dy", dy.Value).In("y", y).Out("dx", dx).Positions().Numbers(y.Layout.Channels)
            .Pitch().Flag(Spec.Logarithm);
        pass.Call(this, "dx from dy and y", call);
        pass.Contribute(this, 0, dx);
    }
}

internal sealed class SoftmaxNodeFactory : NodeFactory<SoftmaxSpec>
{
    public override Node Make(NodeSite site) => new SoftmaxNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Input };
}
