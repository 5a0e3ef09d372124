using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>U = G g Gᵀ of many kernels side by side: 9 or 25 taps to 36 points, for a trainer, whose kernels change at every step.</summary>
/// <remarks>
/// A row of G is 1, p, p², … over the product of p's distances from the other points, and 0, …, 0, 1 at ∞. The quotient comes last, so that all but the
/// last step has exact numbers: <see cref="WinogradWeights"/>, which a predictor does once, has double precision instead.
/// </remarks>
/// <typeparam name="TForm">Whose kernels they are.</typeparam>
/// <param name="taps">The first tap: [rows][columns], <paramref name="tapStep"/> floats apart.</param>
/// <param name="points">Receives [36], <paramref name="pointStep"/> floats apart.</param>
/// <param name="tapStep">Floats from one tap to the next; negative for the kernels turned by half a turn, from the last tap on.</param>
/// <param name="pointStep">Floats from one point to the next.</param>
internal readonly ref struct WinogradKernel<TForm>(ref float taps, ref float points, nint tapStep, nint pointStep) : IRangeKernel
    where TForm : struct, IWinogradForm
{
    private readonly ref float _taps = ref taps;
    private readonly ref float _points = ref points;
    private readonly nint _tapStep = tapStep;
    private readonly nint _pointStep = pointStep;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> rows = stackalloc float[WinogradPoints.Inputs * TForm.Taps * TSimd.Lanes];
        ref float between = ref rows[0];
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            for (nint column = 0; column < TForm.Taps; column++)
                Evaluate<TSimd, TVector>(ref Unsafe.Add(ref _taps, (column * _tapStep) + c), TForm.Taps * _tapStep,
                    ref Unsafe.Add(ref between, column * TSimd.Lanes), TForm.Taps * TSimd.Lanes);
            for (int row = 0; row < WinogradPoints.Inputs; row++)
                Divide<TSimd, TVector>(ref Unsafe.Add(ref between, row * TForm.Taps * TSimd.Lanes),
                    ref Unsafe.Add(ref _points, (row * WinogradPoints.Inputs * _pointStep) + c), WinogradPoints.Quotient(row));
        }

        return c;
    }

    /// <summary>The taps of a row at the six points, each divided by the distances of both its points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Divide<TSimd, TVector>(ref float g, ref float points, float quotient)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Evaluate<TSimd, TVector>(ref g, TSimd.Lanes, ref points, _pointStep);
        for (int point = 0; point < WinogradPoints.Inputs; point++)
        {
            TVector factor = TSimd.Create(quotient * WinogradPoints.Quotient(point));
            TSimd.Store(TSimd.Multiply(factor, TSimd.Load(ref points, point * _pointStep)), ref points, point * _pointStep);
        }
    }

    /// <summary>The taps along one axis at the six points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Evaluate<TSimd, TVector>(ref float g, nint step, ref float points, nint pointStep)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => WinogradPolynomial.Evaluate<TSimd, TVector>(
            TForm.Taps, TSimd.Load(ref g, 0), TSimd.Load(ref g, step), TSimd.Load(ref g, 2 * step),
            TForm.Taps > 3 ? TSimd.Load(ref g, 3 * step) : TSimd.Zero, TForm.Taps > 3 ? TSimd.Load(ref g, 4 * step) : TSimd.Zero, ref points, pointStep);
}
