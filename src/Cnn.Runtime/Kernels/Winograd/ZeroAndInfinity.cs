using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The points 0 and ∞: a²b² d0 - (a² + b²) d2 + d4, and the same of the inputs one further.</summary>
internal readonly struct ZeroAndInfinity : IWinogradPointPair
{
    /// <inheritdoc/>
    public static int First => 0;

    /// <inheritdoc/>
    public static int Second => WinogradPoints.Inputs - 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate<TSimd, TVector>(ref float d, nint step, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector product = TSimd.Create(WinogradPoints.ProductOfSquares), sum = TSimd.Create(-WinogradPoints.SumOfSquares);
        first = TSimd.MultiplyAdd(product, TSimd.Load(ref d, 0), TSimd.MultiplyAdd(sum, TSimd.Load(ref d, 2 * step), TSimd.Load(ref d, 4 * step)));
        second = TSimd.MultiplyAdd(
            product, TSimd.Load(ref d, step), TSimd.MultiplyAdd(sum, TSimd.Load(ref d, 3 * step), TSimd.Load(ref d, 5 * step)));
    }
}
