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
        where TVector : struct =>
        WinogradInputPoints.Opposites<TSimd, TVector>(ref d, step, WinogradPoints.A, WinogradPoints.BSquared, out first, out second);
}
