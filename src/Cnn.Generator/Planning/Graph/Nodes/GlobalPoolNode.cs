using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>The mean or the largest element of each channel's whole map.</summary>
public sealed record GlobalPoolNode : Node
{
    public bool IsMean => !IsMax;

    private bool IsMax => ((GlobalPoolSpec)Layer.Spec).Pool == PoolKind.Max;

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => InputNeed.Contiguity;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        KernelCall call = KernelCall.Of(IsMax ? RuntimeKernel.MaxForward : RuntimeKernel.AverageForward).In("x", x.Interior).Out("y", y.Interior)
            .Numbers(x.Layout.Positions, x.Layout.Pitch);
        pass.Call(this, "Forward", $"y[c] = {(IsMax ? "max" : "mean")} of x[{Formulas.Dimensions(Input)}] over its positions", call);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value dx = pass.Fresh(this, bordered: false);
        KernelCall call = IsMax
            ? KernelCall.Of(RuntimeKernel.MaxBackward).In("dy", dy.Interior).In("x", pass.Forward.InputOf(this).Interior)
            : KernelCall.Of(RuntimeKernel.AverageBackward).In("dy", dy.Interior);
        string formula = IsMax ? "dx at the first largest x is dy, else 0" : $"dx[c] = dy[c] / {Formulas.Number(dx.Layout.Positions)} at every position";
        pass.Call(this, formula, call.Out("dx", dx.Interior).Numbers(dx.Layout.Positions, dx.Layout.Pitch));
        pass.Contribute(this, 0, dx);
    }
}

internal sealed class GlobalPoolNodeFactory : NodeFactory<GlobalPoolSpec>
{
    public override Node Make(NodeSite site) => new GlobalPoolNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
