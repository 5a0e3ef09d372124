using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The points ±a: (d4 - b² d2) ± a (d3 - b² d1).</summary>
internal readonly struct PlusAndMinusA : IWinogradPointPair
{
    /// <inheritdoc/>
    public static int First => 1;

    /// <inheritdoc/>
    public static int Second => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate<TSimd, TVector>(ref float d, nint step, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector other = TSimd.Create(-WinogradPoints.BSquared);
        TVector even = TSimd.MultiplyAdd(other, TSimd.Load(ref d, 2 * step), TSimd.Load(ref d, 4 * step));
        TVector odd = TSimd.MultiplyAdd(other, TSimd.Load(ref d, step), TSimd.Load(ref d, 3 * step));
        first = TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.A), odd, even);
        second = TSimd.MultiplyAdd(TSimd.Create(-WinogradPoints.A), odd, even);
    }
}
