namespace Cnn.Generator.Planning;

/// <summary>A random mask, in a trainer: drawn anew for each step, and the same for the gradient.</summary>
public abstract record MaskNode : Node
{
    /// <summary>Its number among the layers with a mask, from which its masks are drawn.</summary>
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

    /// <summary>The mask on an image's floats, or on their gradient.</summary>
    protected abstract Step Apply(Address x, Address y, TensorLayout plain);

    /// <summary>The number of the next layer with a mask.</summary>
    internal static int NextOrdinal(NodeSite site) => site.Before.OfType<MaskNode>().Count();
}
