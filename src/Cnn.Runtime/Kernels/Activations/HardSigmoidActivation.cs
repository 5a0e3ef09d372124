using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = min(max(0, alpha x + beta), 1); the derivative at both kinks is 0.</summary>
/// <param name="alpha">Slope of the straight part.</param>
/// <param name="beta">Output at 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HardSigmoidActivation(float alpha, float beta) : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector line = TSimd.MultiplyAdd(TSimd.Create(alpha), x, TSimd.Create(beta));
        return TSimd.MinNative(TSimd.Create(1f), TSimd.MaxNative(TSimd.Zero, line));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector line = TSimd.MultiplyAdd(TSimd.Create(alpha), saved, TSimd.Create(beta));
        TVector inside = TSimd.And(TSimd.GreaterThan(line, TSimd.Zero), TSimd.GreaterThan(TSimd.Create(1f), line));
        return TSimd.And(inside, TSimd.Multiply(TSimd.Create(alpha), dy));
    }
}
