using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = x tanh(ln(1 + exp(x))).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MishActivation : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        return TSimd.Multiply(Functions.AboveMinusInfinity<TSimd, TVector>(x), Gate<TSimd, TVector>(x, out _));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // y' = t + x (1 - t²) σ(x) with t the gate.
        TVector one = TSimd.Create(1f);
        TVector gate = Gate<TSimd, TVector>(saved, out TVector sigmoid);
        TVector bell = TSimd.Multiply(TSimd.Subtract(one, gate), TSimd.Add(one, gate));
        TVector slope = TSimd.MultiplyAdd(TSimd.Multiply(saved, sigmoid), bell, gate);
        return TSimd.Multiply(dy, slope);
    }

    /// <summary>tanh(ln(1 + e)) = e (e + 2) / (e (e + 2) + 2) with e = exp(x): no logarithm, and no digits lost where x is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gate<TSimd, TVector>(TVector x, out TVector sigmoid)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // From 20 on the gate is 1 in float; e² would overflow at 44.
        TVector exponential = Functions.Exp<TSimd, TVector>(TSimd.MinNative(TSimd.Create(20f), x));
        TVector two = TSimd.Create(2f);
        TVector product = TSimd.Multiply(exponential, TSimd.Add(exponential, two));
        sigmoid = TSimd.Divide(exponential, TSimd.Add(exponential, TSimd.Create(1f)));
        return TSimd.Divide(product, TSimd.Add(product, two));
    }
}
