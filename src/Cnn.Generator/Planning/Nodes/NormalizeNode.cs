using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Normalize in a trainer: one scale and one shift a channel, constants of the generated code.</summary>
public sealed record NormalizeNode : Node
{
    public NormalizeSpec Spec => (NormalizeSpec)Layer.Spec;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.InPlaceOr(this, keepsInput: false);
        float[] shift = [.. Spec.Mean.Zip(Spec.Deviation, static (mean, deviation) => (float)(-(double)mean / deviation))];
        pass.Call(
            this, "Forward", $"y[{Formulas.Dimensions(Output)}] = (x - mean) / deviation, per channel, as x * scale + shift", Body(x, y, "x", "y", shift), x, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value dx = pass.Fresh(this);
        pass.Call(this, "dx = dy / deviation, per channel", Body(dy.Value, dx, "dy", "dx", new float[Spec.Deviation.Length]), dy, dx);
        pass.Contribute(this, 0, dx);
    }

    private RowsBody Body(Value from, Value to, string source, string target, float[] shift)
    {
        float[] scale = [.. Spec.Deviation.Select(static deviation => (float)(1.0 / deviation))];
        string call = $"_run::ElementWise.ScaleShift(ref {{{source}}}, ref {Constants(scale, from.Layout.Pitch)}, ref {Constants(shift, from.Layout.Pitch)}, ref {{{target}}}, {{positions}}, {{pitch}});";
        return Rows.Over(call, [(source, from.Layout), (target, to.Layout)]);
    }

    /// <summary>A reference to numbers in the program's data, with zeros for the padding of the channels.</summary>
    private static string Constants(float[] values, int pitch)
    {
        IEnumerable<string> literals = values.Concat(Enumerable.Repeat(0f, pitch - values.Length)).Select(Activations.Literal);
        return $"_sys::Runtime.InteropServices.MemoryMarshal.GetReference((_sys::ReadOnlySpan<float>)[{string.Join(", ", literals)}])";
    }
}
