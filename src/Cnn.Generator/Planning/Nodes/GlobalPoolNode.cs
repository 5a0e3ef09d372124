using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>The mean or the largest element of each channel's whole map.</summary>
public sealed record GlobalPoolNode : Node
{
    private bool IsMax => ((GlobalPoolSpec)Layer.Spec).Pool == PoolKind.Max;

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => InputNeed.Contiguity;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        string call = $"_run::GlobalPool.{(IsMax ? "Max" : "Average")}Forward(ref {{x}}, ref {{y}}, {Numbers(x.Layout)});";
        pass.Call(this, "Forward", $"y[c] = {(IsMax ? "max" : "mean")} of x[{Formulas.Dimensions(Input)}] over its positions", Rows.Single(call, ["x", "y"]), x, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value dx = pass.Fresh(this, bordered: false);
        if (IsMax)
        {
            Value x = pass.Forward.InputOf(this);
            string method = pass.Methods.Add(
                MethodStem + "Backward",
                "dx at the first largest x is dy, else 0",
                Rows.Single($"_run::GlobalPool.MaxBackward(ref {{dy}}, ref {{x}}, ref {{dx}}, {Numbers(dx.Layout)});", ["dy", "x", "dx"]));
            pass.Schedule.PerImage(method, pass.IsOptional(this), dy.Interior, x.Interior, dx.Interior);
        }
        else
        {
            string call = $"_run::GlobalPool.AverageBackward(ref {{dy}}, ref {{dx}}, {Numbers(dx.Layout)});";
            pass.Call(this, $"dx[c] = dy[c] / {Rows.Number(dx.Layout.Positions)} at every position", Rows.Single(call, ["dy", "dx"]), dy, dx);
        }

        pass.Contribute(this, 0, dx);
    }

    private static string Numbers(TensorLayout map) => $"{Rows.Number(map.Positions)}, {Rows.Number(map.Pitch)}";
}
