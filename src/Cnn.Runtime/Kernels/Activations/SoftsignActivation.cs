using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = x / (1 + |x|).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SoftsignActivation : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // An infinity would be divided by itself.
        TVector finite = TSimd.MinNative(TSimd.Create(float.MaxValue), Functions.AboveMinusInfinity<TSimd, TVector>(x));
        return TSimd.Divide(finite, TSimd.Add(TSimd.Create(1f), TSimd.Abs(finite)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector inverse = TSimd.Divide(TSimd.Create(1f), TSimd.Add(TSimd.Create(1f), TSimd.Abs(saved)));
        return TSimd.Multiply(dy, TSimd.Multiply(inverse, inverse));
    }
}
