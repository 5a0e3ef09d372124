using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Outputs 1 and 3: a d + b D, and a³ d + b³ D; the last of the form has m5 besides.</summary>
internal readonly struct DifferencesOfPoints : IWinogradOutputPair
{
    /// <inheritdoc/>
    public static int First => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interpolate<TSimd, TVector, TForm>(ref float m, nint step, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IWinogradForm
    {
        TVector differenceA = TSimd.Subtract(TSimd.Load(ref m, step), TSimd.Load(ref m, 2 * step));
        TVector differenceB = TSimd.Subtract(TSimd.Load(ref m, 3 * step), TSimd.Load(ref m, 4 * step));
        TVector end = TSimd.Load(ref m, 5 * step), b = TSimd.Create(WinogradPoints.B);
        TVector ofB = TForm.Outputs == 2 ? TSimd.MultiplyAdd(b, differenceB, end) : TSimd.Multiply(b, differenceB);
        first = TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.A), differenceA, ofB);
        second = TForm.Outputs == 2
            ? TSimd.Zero
            : TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.ACubed), differenceA, TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.BCubed), differenceB, end));
    }
}
