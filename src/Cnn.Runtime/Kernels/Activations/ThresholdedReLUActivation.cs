using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = x for x above alpha, 0 for others; the derivative at alpha is 0.</summary>
/// <param name="alpha">The largest input that gives 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ThresholdedReLUActivation(float alpha) : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // Asked the other way round, so that a NaN, of which every comparison is false, stays one.
        return TSimd.Select(TSimd.GreaterThanOrEqual(TSimd.Create(alpha), x), TSimd.Zero, x);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        return TSimd.And(TSimd.GreaterThan(saved, TSimd.Create(alpha)), dy);
    }
}
