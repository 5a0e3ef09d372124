using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = x (1 + tanh(u)) / 2 with u = √(2/π) (x + 0.044715 x³), the usual approximation of GELU.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GELUTanhActivation : IActivation
{
    private const float RootOfTwoOverPi = 0.79788456080286536f;
    private const float Cubic = 0.044715f;

    /// <summary>Of a square: the tanh beside it has long been ±1, so that its bell is 0, and infinity times 0 would be NaN.</summary>
    private const float LargestSquare = 1e6f;

    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector half = TSimd.Create(0.5f);
        TVector tanh = Functions.Tanh<TSimd, TVector>(Inner<TSimd, TVector>(x));
        return TSimd.Multiply(Functions.AboveMinusInfinity<TSimd, TVector>(x), TSimd.MultiplyAdd(half, tanh, half));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // y' = (1 + t) / 2 + x (1 - t²) u' / 2 with t = tanh(u) and u' = √(2/π) (1 + 3 · 0.044715 x²).
        TVector half = TSimd.Create(0.5f);
        TVector one = TSimd.Create(1f);
        TVector tanh = Functions.Tanh<TSimd, TVector>(Inner<TSimd, TVector>(saved));
        TVector square = TSimd.MinNative(TSimd.Create(LargestSquare), TSimd.Multiply(saved, saved));
        TVector slope = TSimd.MultiplyAdd(TSimd.Create(3f * Cubic * RootOfTwoOverPi), square, TSimd.Create(RootOfTwoOverPi));
        TVector bell = TSimd.Multiply(TSimd.Subtract(one, tanh), TSimd.Add(one, tanh));
        TVector curve = TSimd.Multiply(TSimd.Multiply(half, saved), TSimd.Multiply(bell, slope));
        return TSimd.Multiply(dy, TSimd.Add(curve, TSimd.MultiplyAdd(half, tanh, half)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Inner<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector factor = TSimd.MultiplyAdd(TSimd.Create(Cubic * RootOfTwoOverPi), TSimd.Multiply(x, x), TSimd.Create(RootOfTwoOverPi));
        return TSimd.Multiply(x, factor);
    }
}
