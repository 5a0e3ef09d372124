using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Division by a power of the mean square of neighbouring channels.</summary>
public sealed record LocalResponseNormNode : Node
{
    public LocalResponseNormSpec Spec => (LocalResponseNormSpec)Layer.Spec;

    /// <summary>The channels of one position with the zeros around them that a window may reach.</summary>
    private int ScratchFloats => TensorLayout.Plain(Input).Pitch + Spec.Size - 1;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.InPlaceOr(this, keepsInput: pass.Training);
        Address scratch = Address.Of(pass.Schedule.Tensor(Names.Local(Name) + "Squares", ScratchFloats));
        string numbers = $"{Formulas.Number(Spec.Size)}, {Formulas.Real(Spec.Alpha)}, {Formulas.Real(Spec.Beta)}, {Formulas.Real(Spec.K)}";
        pass.Call(
            this,
            "Forward",
            $"y[{Formulas.Dimensions(Output)}] = x / (k + alpha / size * sum of x^2 over {Formulas.Number(Spec.Size)} channels)^beta; "
            + $"size, alpha, beta, k: {numbers}",
            WithNumbers(KernelCall.Of(RuntimeKernel.LocalResponseForward).In("x", x).Out("y", y).Scratch("scratch", scratch)));
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool optional = pass.IsOptional(this);
        Value x = pass.Forward.InputOf(this);
        Value dx = pass.Fresh(this);
        Address scratch = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(this, "Terms"), 2 * ScratchFloats, optional));
        pass.Call(
            this,
            "dx = dy / scale^beta - 2 alpha / size * beta * x * sum of dy * x / scale^(beta + 1) over the windows that hold the channel",
            WithNumbers(KernelCall.Of(RuntimeKernel.LocalResponseBackward).In("dy", dy.Value).In("x", x).Out("dx", dx).Scratch("scratch", scratch)));
        pass.Contribute(this, 0, dx);
    }

    private KernelCall WithNumbers(KernelCall call) => call.Positions().Numbers(Input.Channels).Pitch().Numbers(Spec.Size).Reals(Spec.Alpha, Spec.Beta, Spec.K);
}

internal sealed class LocalResponseNormNodeFactory : NodeFactory<LocalResponseNormSpec>
{
    public override Node Make(NodeSite site) => new LocalResponseNormNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Input };
}
