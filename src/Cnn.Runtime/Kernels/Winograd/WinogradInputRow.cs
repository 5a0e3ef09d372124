using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>One row of <see cref="WinogradInput"/>'s points: what a worker that sums some rows of a weight's gradient needs of each tile.</summary>
/// <param name="x">The element under the first tap of the first tile.</param>
/// <param name="v">Receives [6][tiles][pitch].</param>
/// <param name="map">The input's pitch, rows and images, and the height and width of the output.</param>
/// <param name="row">Which row of points.</param>
/// <param name="first">The first tile.</param>
/// <param name="tiles">How many tiles.</param>
/// <param name="pointStep">Floats from one point to the next.</param>
internal readonly ref struct WinogradInputRow(ref float x, ref float v, WinogradMap map, int row, nint first, nint tiles, nint pointStep) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly ref float _v = ref v;
    private readonly WinogradMap _map = map;
    private readonly int _row = row;
    private readonly nint _first = first;
    private readonly nint _tiles = tiles;
    private readonly nint _pointStep = pointStep;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            WinogradTile place = new(_map, _first);
            for (nint tile = 0; tile < _tiles; tile++)
            {
                ref float d = ref Unsafe.Add(ref _x, place.Corner + c);
                nint pitch = _map.Pitch;
                WinogradInput.Evaluate<TSimd, TVector>(
                    Column<TSimd, TVector>(ref d), Column<TSimd, TVector>(ref Unsafe.Add(ref d, pitch)),
                    Column<TSimd, TVector>(ref Unsafe.Add(ref d, 2 * pitch)), Column<TSimd, TVector>(ref Unsafe.Add(ref d, 3 * pitch)),
                    Column<TSimd, TVector>(ref Unsafe.Add(ref d, 4 * pitch)), Column<TSimd, TVector>(ref Unsafe.Add(ref d, 5 * pitch)),
                    ref Unsafe.Add(ref _v, (tile * pitch) + c), _pointStep);
                place.Next();
            }
        }

        return c;
    }

    /// <summary>Six neighbours of a column at the row's point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Column<TSimd, TVector>(ref float d)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint row = _map.Row;
        if (_row is 0 or WinogradPoints.Inputs - 1)
        {
            ref float start = ref Unsafe.Add(ref d, _row == 0 ? 0 : row);
            return TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.ProductOfSquares), TSimd.Load(ref start, 0),
                TSimd.MultiplyAdd(TSimd.Create(-WinogradPoints.SumOfSquares), TSimd.Load(ref start, 2 * row), TSimd.Load(ref start, 4 * row)));
        }

        float point = WinogradPoints.At(_row);
        TVector other = TSimd.Create(-(WinogradPoints.SumOfSquares - (point * point)));
        TVector even = TSimd.MultiplyAdd(other, TSimd.Load(ref d, 2 * row), TSimd.Load(ref d, 4 * row));
        TVector odd = TSimd.MultiplyAdd(other, TSimd.Load(ref d, row), TSimd.Load(ref d, 3 * row));
        return TSimd.MultiplyAdd(TSimd.Create(point), odd, even);
    }
}
