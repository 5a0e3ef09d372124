using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Six inputs along an axis at the six points: a row of <see cref="WinogradInput{TForm}"/>'s Bᵀ for each.</summary>
internal static class WinogradInputPoints
{
    /// <summary>A point and its opposite: (d4 - other² d2) ± point (d3 - other² d1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Opposites<TSimd, TVector>(
        ref float d, nint step, float point, float otherSquared, out TVector positive, out TVector negative)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector other = TSimd.Create(-otherSquared);
        TVector even = TSimd.MultiplyAdd(other, TSimd.Load(ref d, 2 * step), TSimd.Load(ref d, 4 * step));
        TVector odd = TSimd.MultiplyAdd(other, TSimd.Load(ref d, step), TSimd.Load(ref d, 3 * step));
        positive = TSimd.MultiplyAdd(TSimd.Create(point), odd, even);
        negative = TSimd.MultiplyAdd(TSimd.Create(-point), odd, even);
    }

    /// <summary>All six points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate<TSimd, TVector>(
        TVector d0, TVector d1, TVector d2, TVector d3, TVector d4, TVector d5, ref float points, nint pointStep)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector product = TSimd.Create(WinogradPoints.ProductOfSquares);
        TVector sum = TSimd.Create(-WinogradPoints.SumOfSquares);
        TVector minusASquared = TSimd.Create(-WinogradPoints.ASquared);
        TVector minusBSquared = TSimd.Create(-WinogradPoints.BSquared);
        TVector evenA = TSimd.MultiplyAdd(minusBSquared, d2, d4), oddA = TSimd.MultiplyAdd(minusBSquared, d1, d3);
        TVector evenB = TSimd.MultiplyAdd(minusASquared, d2, d4), oddB = TSimd.MultiplyAdd(minusASquared, d1, d3);
        TSimd.Store(TSimd.MultiplyAdd(product, d0, TSimd.MultiplyAdd(sum, d2, d4)), ref points, 0);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.A), oddA, evenA), ref points, pointStep);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(-WinogradPoints.A), oddA, evenA), ref points, 2 * pointStep);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.B), oddB, evenB), ref points, 3 * pointStep);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(-WinogradPoints.B), oddB, evenB), ref points, 4 * pointStep);
        TSimd.Store(TSimd.MultiplyAdd(product, d1, TSimd.MultiplyAdd(sum, d3, d5)), ref points, 5 * pointStep);
    }
}
