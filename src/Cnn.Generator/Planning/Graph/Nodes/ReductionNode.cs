using Cnn.Definitions;
using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A reduction over axes: calls for the positions that are left, each over the positions and perhaps the channels that become one.</summary>
public sealed record ReductionNode : Node
{
    private ReductionSpec Spec => (ReductionSpec)Layer.Spec;

    private ReductionDefinition Reduction => Spec.Definition;

    /// <inheritdoc/>
    public override bool KeepsOutput => Reduction.NeedsValues;

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => InputNeed.Contiguity;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        ReducedAxes axes = new(Spec, Input);
        // Where an output is one float, nobody writes the lanes behind the channels.
        if (axes.WritesFloats && y.Layout.Pitch != y.Layout.Channels)
            pass.ClearAll(MethodStem, y);
        pass.Call(this, "Forward", $"y[{Formulas.Dimensions(Output)}] = {Reduction.Word} of x over {Of}", axes.Forward(Reduction.Struct, x, y),
            divides: x.Layout.IsWorthDividing);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value dx = pass.Fresh(this, bordered: false);
        ReducedAxes axes = new(Spec, Input);
        KernelCall call = Reduction.NeedsValues
            ? axes.Backward(Reduction.Struct, dy.Value, pass.Forward.OutputOf(this), pass.Forward.InputOf(this), dx)
            : axes.Backward(Reduction.Struct, dy.Value, null, null, dx);
        pass.Call(this, $"dx = {Reduction.Gradient}, over {Of}", call);
        pass.Contribute(this, 0, dx);
    }

    private string Of => Spec.Axes.Length == 1 ? "axis " + Formulas.Number(Spec.Axes[0]) : "axes " + Formulas.Dimensions(Spec.Axes);
}

internal sealed class ReductionNodeFactory : NodeFactory<ReductionSpec>
{
    public override Node Make(NodeSite site) => new ReductionNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
