using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// dg = Gᵀ dU G of many kernels side by side: sums at 36 points to the gradients of 9 or 25 taps, the adjoint of <see cref="WinogradKernel{TForm}"/>.
/// </summary>
/// <typeparam name="TForm">Whose kernels they are.</typeparam>
/// <param name="points">The first point: [36], <paramref name="pointStep"/> floats apart.</param>
/// <param name="taps">Receives [rows][columns], <paramref name="tapStep"/> floats apart.</param>
/// <param name="pointStep">Floats from one point to the next.</param>
/// <param name="tapStep">Floats from one tap to the next.</param>
internal readonly ref struct WinogradKernelGradient<TForm>(ref float points, ref float taps, nint pointStep, nint tapStep) : IRangeKernel
    where TForm : struct, IWinogradForm
{
    private readonly ref float _points = ref points;
    private readonly ref float _taps = ref taps;
    private readonly nint _pointStep = pointStep;
    private readonly nint _tapStep = tapStep;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> columns = stackalloc float[WinogradPoints.Inputs * TForm.Taps * TSimd.Lanes];
        ref float between = ref columns[0];
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            for (nint column = 0; column < WinogradPoints.Inputs; column++)
                Sum<TSimd, TVector>(ref Unsafe.Add(ref _points, (column * _pointStep) + c), WinogradPoints.Inputs * _pointStep,
                    ref Unsafe.Add(ref between, column * TSimd.Lanes), WinogradPoints.Inputs * TSimd.Lanes);
            for (nint row = 0; row < TForm.Taps; row++)
                Sum<TSimd, TVector>(ref Unsafe.Add(ref between, row * WinogradPoints.Inputs * TSimd.Lanes), TSimd.Lanes,
                    ref Unsafe.Add(ref _taps, (row * TForm.Taps * _tapStep) + c), _tapStep);
        }

        return c;
    }

    /// <summary>Six points along one axis to the taps: each is divided by its distances, then summed with the powers of its point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum<TSimd, TVector>(ref float u, nint step, ref float taps, nint tapStep)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector u1 = TSimd.Load(ref u, step), u2 = TSimd.Load(ref u, 2 * step), u3 = TSimd.Load(ref u, 3 * step), u4 = TSimd.Load(ref u, 4 * step);
        TVector last = TSimd.Load(ref u, 5 * step);
        TVector atA = TSimd.Create(WinogradPoints.QuotientAtA), atB = TSimd.Create(WinogradPoints.QuotientAtB);
        TVector evenA = TSimd.Multiply(atA, TSimd.Add(u1, u2)), evenB = TSimd.Multiply(atB, TSimd.Add(u3, u4));
        TVector oddA = TSimd.Multiply(atA, TSimd.Subtract(u1, u2)), oddB = TSimd.Multiply(atB, TSimd.Subtract(u3, u4));
        TVector evenSquares = TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.BSquared), evenB, TForm.Taps > 3 ? TSimd.Zero : last);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.QuotientAtZero), TSimd.Load(ref u, 0), TSimd.Add(evenA, evenB)), ref taps, 0);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.A), oddA, TSimd.Multiply(TSimd.Create(WinogradPoints.B), oddB)), ref taps, tapStep);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.ASquared), evenA, evenSquares), ref taps, 2 * tapStep);
        if (TForm.Taps == 3)
            return;
        TVector oddCubes = TSimd.Multiply(TSimd.Create(WinogradPoints.BCubed), oddB);
        TVector evenFourths = TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.BSquared * WinogradPoints.BSquared), evenB, last);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.ACubed), oddA, oddCubes), ref taps, 3 * tapStep);
        TSimd.Store(
            TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.ASquared * WinogradPoints.ASquared), evenA, evenFourths), ref taps, 4 * tapStep);
    }
}
