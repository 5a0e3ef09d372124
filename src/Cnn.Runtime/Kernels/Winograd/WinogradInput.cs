using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>V = Bᵀ d B of neighbouring tiles, over a range of channels: 6x6 inputs to 36 points, columns first, then rows.</summary>
/// <remarks>
/// 56 loads, 36 stores and 120 multiply-adds a tile, all in registers: two rows of points at a time, and columns that two tiles share are computed once.
/// Bᵀ, with the coefficients of the polynomials that vanish at all points but one:
/// <code>
///   a²b² d0 - (a² + b²) d2 + d4              at 0
///   (d4 - b² d2) ± a (d3 - b² d1)            at ±a
///   (d4 - a² d2) ± b (d3 - a² d1)            at ±b
///   a²b² d1 - (a² + b²) d3 + d5              at ∞
/// </code>
/// </remarks>
/// <typeparam name="TForm">How far apart tiles are.</typeparam>
internal readonly ref struct WinogradInput<TForm>(ref float x, ref float v, WinogradMap map, nint first, nint tiles, nint pointStep) : IRangeKernel
    where TForm : struct, IWinogradForm
{
    private readonly ref float _x = ref x;
    private readonly ref float _v = ref v;
    private readonly nint _first = first;
    private readonly nint _tiles = tiles;
    private readonly WinogradMap _map = map;
    private readonly nint _pointStep = pointStep;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint end = from + ((to - from) / TSimd.Lanes * TSimd.Lanes);
        WinogradTile place = new(_map, _first);
        nint run;
        for (nint tile = 0; tile < _tiles; tile += run)
        {
            run = place.Run<TSimd, TVector>(_tiles - tile);
            ref float d = ref Unsafe.Add(ref _x, place.Corner);
            ref float v = ref Unsafe.Add(ref _v, tile * _map.Pitch);
            for (nint c = from; c < end; c += TSimd.Lanes)
            {
                Evaluate<TSimd, TVector, ZeroAndInfinity>(ref Unsafe.Add(ref d, c), ref Unsafe.Add(ref v, c), run);
                Evaluate<TSimd, TVector, PlusAndMinusA>(ref Unsafe.Add(ref d, c), ref Unsafe.Add(ref v, c), run);
                Evaluate<TSimd, TVector, PlusAndMinusB>(ref Unsafe.Add(ref d, c), ref Unsafe.Add(ref v, c), run);
            }

            place.Skip(run);
        }

        return end;
    }

    /// <summary>Two rows of points of tiles side by side: the last columns of a tile, two or four, are the first of the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Evaluate<TSimd, TVector, TPair>(ref float d, ref float v, nint run)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TPair : struct, IWinogradPointPair
    {
        nint pitch = _map.Pitch, pointStep = _pointStep;
        ref float first = ref Unsafe.Add(ref v, TPair.First * WinogradPoints.Inputs * pointStep);
        ref float second = ref Unsafe.Add(ref v, TPair.Second * WinogradPoints.Inputs * pointStep);
        Two<TSimd, TVector, TPair>(ref d, out TVector a0, out TVector b0, out TVector a1, out TVector b1);
        TVector a2 = TSimd.Zero, b2 = TSimd.Zero, a3 = TSimd.Zero, b3 = TSimd.Zero;
        if (TForm.Outputs == 2)
        {
            d = ref Unsafe.Add(ref d, 2 * pitch);
            Two<TSimd, TVector, TPair>(ref d, out a2, out b2, out a3, out b3);
        }

        for (nint tile = 0; tile < run; tile++)
        {
            if (TForm.Outputs > 2)
            {
                d = ref Unsafe.Add(ref d, 2 * pitch);
                Two<TSimd, TVector, TPair>(ref d, out a2, out b2, out a3, out b3);
            }

            d = ref Unsafe.Add(ref d, 2 * pitch);
            Two<TSimd, TVector, TPair>(ref d, out TVector a4, out TVector b4, out TVector a5, out TVector b5);
            WinogradInputPoints.Evaluate<TSimd, TVector>(a0, a1, a2, a3, a4, a5, ref first, pointStep);
            WinogradInputPoints.Evaluate<TSimd, TVector>(b0, b1, b2, b3, b4, b5, ref second, pointStep);
            (a0, a1, b0, b1) = TForm.Outputs == 2 ? (a2, a3, b2, b3) : (a4, a5, b4, b5);
            if (TForm.Outputs == 2)
                (a2, a3, b2, b3) = (a4, a5, b4, b5);
            first = ref Unsafe.Add(ref first, pitch);
            second = ref Unsafe.Add(ref second, pitch);
        }
    }

    /// <summary>Two columns at two points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Two<TSimd, TVector, TPair>(ref float d, out TVector a, out TVector b, out TVector nextA, out TVector nextB)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TPair : struct, IWinogradPointPair
    {
        TPair.Evaluate<TSimd, TVector>(ref d, _map.Row, out a, out b);
        TPair.Evaluate<TSimd, TVector>(ref Unsafe.Add(ref d, _map.Pitch), _map.Row, out nextA, out nextB);
    }
}
