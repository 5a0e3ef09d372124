using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = x Φ(x) with the normal distribution Φ(x) = (1 + erf(x / √2)) / 2.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GELUActivation : IActivation
{
    private const float InverseRootOfTwo = 0.70710678118654752f;
    private const float InverseRootOfTwoPi = 0.39894228040143268f;

    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        return TSimd.Multiply(Functions.AboveMinusInfinity<TSimd, TVector>(x), Distribution<TSimd, TVector>(x));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector exponent = TSimd.Multiply(TSimd.Multiply(TSimd.Create(-0.5f), saved), saved);
        TVector density = TSimd.Multiply(TSimd.Create(InverseRootOfTwoPi), Functions.Exp<TSimd, TVector>(exponent));
        return TSimd.Multiply(dy, TSimd.MultiplyAdd(saved, density, Distribution<TSimd, TVector>(saved)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Distribution<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector half = TSimd.Create(0.5f);
        return TSimd.MultiplyAdd(half, Functions.Erf<TSimd, TVector>(TSimd.Multiply(TSimd.Create(InverseRootOfTwo), x)), half);
    }
}
