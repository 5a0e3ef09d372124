using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Lamb's first half: m ← m + (1-β₁)(g - m); v ← β₂v + (1-β₂)g². State 0 is m, state 1 is v; the parameters stay.</summary>
/// <param name="beta1">β₁.</param>
/// <param name="beta2">β₂.</param>
internal readonly struct LambMoments(double beta1, double beta2) : IUpdateRule
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>(ref float w, ref float g, ref float state0, ref float state1, nint count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector gradientShare = TSimd.Create((float)(1 - beta1));
        TVector squareDecay = TSimd.Create((float)beta2);
        TVector squareShare = TSimd.Create((float)(1 - beta2));
        TVector smallestNormal = TSimd.Create(Denormals.SmallestNormal);
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            TVector gradient = TSimd.Load(ref g, i);
            TVector mean = TSimd.Load(ref state0, i);
            mean = TSimd.MultiplyAdd(gradientShare, TSimd.Subtract(gradient, mean), mean);
            TSimd.Store(UpdateKernel.FlushDenormals<TSimd, TVector>(mean, smallestNormal), ref state0, i);

            TVector square = TSimd.Multiply(squareDecay, TSimd.Load(ref state1, i));
            square = TSimd.MultiplyAdd(TSimd.Multiply(squareShare, gradient), gradient, square);
            TSimd.Store(UpdateKernel.FlushDenormals<TSimd, TVector>(square, smallestNormal), ref state1, i);
        }
    }
}
