using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>One row of <see cref="WinogradInput{TForm}"/>'s points: what a worker that sums some rows of a weight's gradient needs of each tile.</summary>
/// <typeparam name="TForm">How far apart tiles are.</typeparam>
/// <param name="x">The element under the first tap of the first tile.</param>
/// <param name="v">Receives [6][tiles][pitch].</param>
/// <param name="map">The input's pitch, rows and images, and the height and width of the output.</param>
/// <param name="row">Which row of points.</param>
/// <param name="first">The first tile.</param>
/// <param name="tiles">How many tiles.</param>
/// <param name="pointStep">Floats from one point to the next.</param>
internal readonly ref struct WinogradInputRow<TForm>(ref float x, ref float v, WinogradMap map, int row, nint first, nint tiles, nint pointStep)
    : IRangeKernel
    where TForm : struct, IWinogradForm
{
    private readonly ref float _x = ref x;
    private readonly ref float _v = ref v;
    private readonly WinogradMap _map = map;
    private readonly int _row = row;
    private readonly nint _first = first;
    private readonly nint _tiles = tiles;
    private readonly nint _pointStep = pointStep;

    private bool IsEnd => _row is 0 or WinogradPoints.Inputs - 1;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint end = from + ((to - from) / TSimd.Lanes * TSimd.Lanes);
        float point = WinogradPoints.At(_row);
        WinogradTile place = new(_map, _first);
        nint run;
        for (nint tile = 0; tile < _tiles; tile += run)
        {
            run = place.Run<TSimd, TVector>(_tiles - tile);
            ref float d = ref Unsafe.Add(ref _x, place.Corner);
            ref float v = ref Unsafe.Add(ref _v, tile * _map.Pitch);
            for (nint c = from; c < end; c += TSimd.Lanes)
            {
                if (IsEnd)
                {
                    Evaluate<TSimd, TVector>(
                        ref Unsafe.Add(ref d, (_row == 0 ? 0 : _map.Row) + c), ref Unsafe.Add(ref v, c), run, isEnd: true,
                        TSimd.Create(WinogradPoints.ProductOfSquares), TSimd.Create(-WinogradPoints.SumOfSquares));
                }
                else
                {
                    Evaluate<TSimd, TVector>(
                        ref Unsafe.Add(ref d, c), ref Unsafe.Add(ref v, c), run, isEnd: false,
                        TSimd.Create(point), TSimd.Create(-(WinogradPoints.SumOfSquares - (point * point))));
                }
            }

            place.Skip(run);
        }

        return end;
    }

    /// <summary>Tiles side by side: the last columns of a tile, two or four, are the first of the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Evaluate<TSimd, TVector>(ref float d, ref float v, nint run, bool isEnd, TVector factor, TVector other)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint row = _map.Row, pitch = _map.Pitch;
        TVector d0 = Column<TSimd, TVector>(ref d, row, isEnd, factor, other);
        TVector d1 = Column<TSimd, TVector>(ref Unsafe.Add(ref d, pitch), row, isEnd, factor, other);
        TVector d2 = TSimd.Zero, d3 = TSimd.Zero;
        if (TForm.Outputs == 2)
        {
            d2 = Column<TSimd, TVector>(ref Unsafe.Add(ref d, 2 * pitch), row, isEnd, factor, other);
            d3 = Column<TSimd, TVector>(ref Unsafe.Add(ref d, 3 * pitch), row, isEnd, factor, other);
        }

        for (nint tile = 0; tile < run; tile++)
        {
            if (TForm.Outputs > 2)
            {
                d2 = Column<TSimd, TVector>(ref Unsafe.Add(ref d, 2 * pitch), row, isEnd, factor, other);
                d3 = Column<TSimd, TVector>(ref Unsafe.Add(ref d, 3 * pitch), row, isEnd, factor, other);
            }

            TVector d4 = Column<TSimd, TVector>(ref Unsafe.Add(ref d, 4 * pitch), row, isEnd, factor, other);
            TVector d5 = Column<TSimd, TVector>(ref Unsafe.Add(ref d, 5 * pitch), row, isEnd, factor, other);
            WinogradInputPoints.Evaluate<TSimd, TVector>(d0, d1, d2, d3, d4, d5, ref v, _pointStep);
            (d0, d1) = TForm.Outputs == 2 ? (d2, d3) : (d4, d5);
            (d2, d3) = (d4, d5);
            d = ref Unsafe.Add(ref d, TForm.Outputs * pitch);
            v = ref Unsafe.Add(ref v, pitch);
        }
    }

    /// <summary>Six neighbours of a column at the row's point: 0 or ∞ at the ends, else the factor, whose square the other factor has not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Column<TSimd, TVector>(ref float d, nint row, bool isEnd, TVector factor, TVector other)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector even = TSimd.MultiplyAdd(other, TSimd.Load(ref d, 2 * row), TSimd.Load(ref d, 4 * row));
        TVector odd = isEnd ? TSimd.Load(ref d, 0) : TSimd.MultiplyAdd(other, TSimd.Load(ref d, row), TSimd.Load(ref d, 3 * row));
        return TSimd.MultiplyAdd(factor, odd, even);
    }
}
