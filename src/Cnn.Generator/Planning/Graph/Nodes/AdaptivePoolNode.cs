using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Means over as many windows as the output has elements; an ordinary pool where they are equally long.</summary>
public sealed record AdaptivePoolNode : Node
{
    private bool IsEven => Enumerable.Range(0, Input.Rank).All(axis => Input.Axes[axis] % Output.Axes[axis] == 0);

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        string formula =
            $"y[{Formulas.Dimensions(Output)}] = mean of x[{Formulas.Dimensions(Input)}] over window i, from floor(i * length / size) "
            + "to ceil((i + 1) * length / size)";
        pass.Schedule.PerImage(new Step(MethodStem + "Forward", formula, Body(x.Layout, y.Layout, backward: false), x.Interior, y.Interior));
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool optional = pass.IsOptional(this);
        Value dx = pass.Fresh(this);
        if (!IsEven)
            pass.Clear(MethodStem + "ClearGradient", "dx = 0, because windows overlap", dx, optional);
        const string Formula = "dx = sum over the windows that hold it of dy / window";
        pass.Schedule.PerImage(new Step(MethodStem + "Backward", Formula, Body(dx.Layout, dy.Layout, backward: true), dy.Interior, dx.Interior), optional);
        pass.Contribute(this, 0, dx);
    }

    private StepBody Body(TensorLayout large, TensorLayout small, bool backward)
    {
        if (!IsEven)
            return new AdaptivePoolBody { Backward = backward, Large = large, Small = small };
        return PoolBody.OfBlocks(Input.Axes.Zip(Output.Axes, static (length, size) => length / size).ToEquatableArray(), large, small, backward);
    }
}

internal sealed class AdaptivePoolNodeFactory : NodeFactory<AdaptiveAvgPoolSpec>
{
    public override Node Make(NodeSite site) => new AdaptivePoolNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
