namespace Cnn.Generator.Planning;

/// <summary>The mean of each channel's whole map.</summary>
public sealed record GlobalPoolNode : Node
{
    /// <inheritdoc/>
    public override InputNeed Need(bool training) => InputNeed.Contiguity;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        string call = $"GlobalPool.AverageForward(ref {{x}}, ref {{y}}, {Rows.Number(x.Layout.Positions)}, {Rows.Number(x.Layout.Pitch)});";
        pass.Call(this, "Forward", $"y[c] = mean of x[{Formulas.Dimensions(Input)}] over its positions", Rows.Single(call, ["x", "y"]), x, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value dx = pass.Fresh(this, bordered: false);
        string call = $"GlobalPool.AverageBackward(ref {{dy}}, ref {{dx}}, {Rows.Number(dx.Layout.Positions)}, {Rows.Number(dx.Layout.Pitch)});";
        pass.Call(this, $"dx[c] = dy[c] / {Rows.Number(dx.Layout.Positions)} at every position", Rows.Single(call, ["dy", "dx"]), dy, dx);
        pass.Contribute(this, 0, dx);
    }
}
