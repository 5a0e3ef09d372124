using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Outputs 0 and 2: m0 + s + S, and a² s + b² S.</summary>
internal readonly struct SumsOfPoints : IWinogradOutputPair
{
    /// <inheritdoc/>
    public static int First => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interpolate<TSimd, TVector, TForm>(ref float m, nint step, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IWinogradForm
    {
        TVector sumA = TSimd.Add(TSimd.Load(ref m, step), TSimd.Load(ref m, 2 * step));
        TVector sumB = TSimd.Add(TSimd.Load(ref m, 3 * step), TSimd.Load(ref m, 4 * step));
        first = TSimd.Add(TSimd.Add(TSimd.Load(ref m, 0), sumA), sumB);
        second = TForm.Outputs == 2
            ? TSimd.Zero
            : TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.ASquared), sumA, TSimd.Multiply(TSimd.Create(WinogradPoints.BSquared), sumB));
    }
}
