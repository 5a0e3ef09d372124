using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>The sum of two values. Its gradient is that of both.</summary>
public sealed record AddNode : Node
{
    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value a = pass.InputOf(this);
        Value b = pass.InputOf(this, 1);
        Value y = pass.InPlaceOr(this, keepsInput: false);
        pass.Call(this, "Forward", $"y[{Formulas.Dimensions(Output)}] = a + b",
            KernelCall.Of(RuntimeKernel.Add).In("a", a).In("b", b).Out("y", y).Run(), divides: true);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        pass.Contribute(this, 0, dy.Value, isShared: true);
        pass.Contribute(this, 1, dy.Value, isShared: true);
    }
}

internal sealed class AddNodeFactory : NodeFactory<AddSpec>
{
    public override Node Make(NodeSite site) => new AddNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
