using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = ln(1 + exp(x)), and x itself above 20, as in PyTorch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SoftplusActivation : IActivation
{
    private const float Threshold = 20f;

    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector tail = Functions.Log1p<TSimd, TVector>(Functions.Exp<TSimd, TVector>(TSimd.Negate(TSimd.Abs(x))));
        TVector curve = TSimd.Add(TSimd.MaxNative(TSimd.Zero, x), tail);
        return TSimd.Select(TSimd.GreaterThan(x, TSimd.Create(Threshold)), x, curve);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector curve = TSimd.Multiply(dy, Functions.Sigmoid<TSimd, TVector>(saved));
        return TSimd.Select(TSimd.GreaterThan(saved, TSimd.Create(Threshold)), dy, curve);
    }
}
