using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = x σ(x) with the logistic function σ.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SiLUActivation : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        return TSimd.Multiply(Functions.AboveMinusInfinity<TSimd, TVector>(x), Functions.Sigmoid<TSimd, TVector>(x));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // y' = σ + x σ (1 - σ), and 1 - σ(x) = σ(-x) would cost a second exponential for digits that the sum with σ discards.
        TVector one = TSimd.Create(1f);
        TVector sigmoid = Functions.Sigmoid<TSimd, TVector>(saved);
        TVector inner = TSimd.MultiplyAdd(saved, TSimd.Subtract(one, sigmoid), one);
        return TSimd.Multiply(dy, TSimd.Multiply(sigmoid, inner));
    }
}
