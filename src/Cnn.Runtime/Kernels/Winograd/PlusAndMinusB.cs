using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The points ±b: (d4 - a² d2) ± b (d3 - a² d1).</summary>
internal readonly struct PlusAndMinusB : IWinogradPointPair
{
    /// <inheritdoc/>
    public static int First => 3;

    /// <inheritdoc/>
    public static int Second => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate<TSimd, TVector>(ref float d, nint step, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        WinogradInputPoints.Opposites<TSimd, TVector>(ref d, step, WinogradPoints.B, WinogradPoints.ASquared, out first, out second);
}
