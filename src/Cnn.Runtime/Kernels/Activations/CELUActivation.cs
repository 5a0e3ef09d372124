using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = x for positive x, alpha (exp(x / alpha) - 1) for others; the derivative at 0 is 1.</summary>
/// <param name="alpha">Negative limit of the output, and the scale of the exponential.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CELUActivation(float alpha) : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector scale = TSimd.Create(alpha);
        TVector curve = TSimd.Multiply(scale, Functions.Expm1<TSimd, TVector>(TSimd.Divide(x, scale)));
        return TSimd.Select(TSimd.GreaterThan(x, TSimd.Zero), x, curve);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector slope = Functions.Exp<TSimd, TVector>(TSimd.Divide(saved, TSimd.Create(alpha)));
        return TSimd.Select(TSimd.GreaterThan(saved, TSimd.Zero), dy, TSimd.Multiply(slope, dy));
    }
}
