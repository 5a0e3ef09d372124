using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = x for positive x, alpha (exp(x) - 1) for others; the derivative at 0 is alpha.</summary>
/// <param name="alpha">Negative limit of the output.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ELUActivation(float alpha) : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector curve = TSimd.Multiply(TSimd.Create(alpha), Functions.Expm1<TSimd, TVector>(x));
        return TSimd.Select(TSimd.GreaterThan(x, TSimd.Zero), x, curve);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector slope = TSimd.Multiply(TSimd.Create(alpha), Functions.Exp<TSimd, TVector>(saved));
        return TSimd.Select(TSimd.GreaterThan(saved, TSimd.Zero), dy, TSimd.Multiply(slope, dy));
    }
}
