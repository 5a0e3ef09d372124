using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Brings a map into the order of a flat vector, for a layer that cannot read the map as it lies.</summary>
public sealed record FlattenNode : Node
{
    /// <inheritdoc/>
    public override InputNeed Need(bool training) => InputNeed.Contiguity;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        if (y.Layout.Pitch != y.Layout.Channels)
            pass.ClearAll(MethodStem, y);
        string formula = $"y[{Formulas.Dimensions(Output)}] = x[{Formulas.Dimensions(Input)}], channel by channel";
        pass.Schedule.PerImage(ImageOrder.ToPlanar(MethodStem + "Forward", formula, x, y.Interior));
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value dx = pass.Fresh(this, bordered: false);
        pass.Schedule.PerImage(ImageOrder.FromPlanar(MethodStem + "Backward", "dx = dy, as the map lies in memory", dy.Interior, dx), pass.IsOptional(this));
        pass.Contribute(this, 0, dx);
    }
}

internal sealed class FlattenNodeFactory : NodeFactory<FlattenSpec>
{
    public override Node? Make(NodeSite site) => site.Input.Rank == 0 || site.IsReadAsItLies()
        ? null
        : new FlattenNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
