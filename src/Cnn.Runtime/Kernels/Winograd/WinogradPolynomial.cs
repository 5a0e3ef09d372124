using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// Polynomials at the six points, their highest coefficient at ∞: those of a kernel's taps, and of the gradients of a tile's outputs. A row of the matrix
/// is the powers 1, p, p², … of its point.
/// </summary>
internal static class WinogradPolynomial
{
    /// <summary>A polynomial of two to five coefficients.</summary>
    /// <param name="count">How many coefficients, a constant of the caller; the others are not looked at.</param>
    /// <param name="c0">The coefficient of 1.</param>
    /// <param name="c1">The coefficient of p.</param>
    /// <param name="c2">The coefficient of p².</param>
    /// <param name="c3">The coefficient of p³.</param>
    /// <param name="c4">The coefficient of p⁴.</param>
    /// <param name="points">Receives the six, <paramref name="pointStep"/> floats apart.</param>
    /// <param name="pointStep">Floats from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate<TSimd, TVector>(
        int count, TVector c0, TVector c1, TVector c2, TVector c3, TVector c4, ref float points, nint pointStep)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector aSquared = TSimd.Create(WinogradPoints.ASquared), bSquared = TSimd.Create(WinogradPoints.BSquared);
        TVector evenA = c0, oddA = c1, evenB = c0, oddB = c1;
        if (count > 2)
        {
            evenA = TSimd.MultiplyAdd(aSquared, count > 4 ? TSimd.MultiplyAdd(aSquared, c4, c2) : c2, c0);
            evenB = TSimd.MultiplyAdd(bSquared, count > 4 ? TSimd.MultiplyAdd(bSquared, c4, c2) : c2, c0);
        }

        if (count > 3)
        {
            oddA = TSimd.MultiplyAdd(aSquared, c3, c1);
            oddB = TSimd.MultiplyAdd(bSquared, c3, c1);
        }

        TSimd.Store(c0, ref points, 0);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.A), oddA, evenA), ref points, pointStep);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(-WinogradPoints.A), oddA, evenA), ref points, 2 * pointStep);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.B), oddB, evenB), ref points, 3 * pointStep);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(-WinogradPoints.B), oddB, evenB), ref points, 4 * pointStep);
        TSimd.Store(count switch { 2 => c1, 3 => c2, 4 => c3, _ => c4 }, ref points, 5 * pointStep);
    }
}
