using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cnn.Training;

/// <summary>Keeps gradients from being too large.</summary>
public sealed class GradientClipping
{
    private readonly float _limit;
    private readonly bool _byNorm;

    private GradientClipping(float limit, bool byNorm)
    {
        if (!(limit > 0 && float.IsFinite(limit)))
            throw new ArgumentOutOfRangeException(nameof(limit), FormattableString.Invariant($"The limit is {limit}: give a finite number above 0."));
        _limit = limit;
        _byNorm = byNorm;
    }

    internal string Description => FormattableString.Invariant($"gradients of {(_byNorm ? "norm" : "value")} {_limit} at most");

    /// <summary>All gradients are scaled together so that their Euclidean norm is at most a limit, as PyTorch's <c>clip_grad_norm_</c> does.</summary>
    /// <param name="limit">Above 0.</param>
    public static GradientClipping Norm(float limit) => new(limit, byNorm: true);

    /// <summary>Each gradient is brought into [-limit, limit].</summary>
    /// <param name="limit">Above 0.</param>
    public static GradientClipping Value(float limit) => new(limit, byNorm: false);

    /// <inheritdoc/>
    public override string ToString() => Description;

    /// <exception cref="TrainingException">A gradient is NaN, or infinite where the norm is asked for: there is no number to bring it down to.</exception>
    internal void Apply(Span<float> gradients)
    {
        if (!_byNorm)
        {
            bool anyNaN = false;
            foreach (ref float gradient in gradients)
            {
                anyNaN |= float.IsNaN(gradient);
                gradient = Math.Clamp(gradient, -_limit, _limit);
            }

            if (anyNaN)
                throw NotFinite("A gradient", float.NaN);
            return;
        }

        double norm = Math.Sqrt(SumOfSquares(gradients));
        if (!double.IsFinite(norm))
            throw NotFinite("The gradients' norm", norm);

        // 1e-6 as in PyTorch.
        float scale = (float)(_limit / (norm + 1e-6));
        if (scale >= 1)
            return;
        foreach (ref float gradient in gradients)
            gradient *= scale;
    }

    private static TrainingException NotFinite(string what, double value) => new(FormattableString.Invariant(
        $"{what} is {value} and cannot be clipped: training diverged, and this update was not made. Use a lower learning rate, a warm-up or a smaller limit."));

    /// <summary>Eight chains in double, whatever the machine has: the order of the sum, and so its bits, are always the same.</summary>
    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        Vector256<double> lower = Vector256<double>.Zero;
        Vector256<double> upper = Vector256<double>.Zero;
        ref float first = ref MemoryMarshal.GetReference(values);
        int index = 0;
        for (; index + Vector256<float>.Count <= values.Length; index += Vector256<float>.Count)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.LoadUnsafe(ref first, (nuint)index));
            lower += low * low;
            upper += high * high;
        }

        Vector256<double> both = lower + upper;
        double sum = both[0] + both[1] + (both[2] + both[3]);
        for (; index < values.Length; index++)
            sum += (double)values[index] * values[index];
        return sum;
    }
}
