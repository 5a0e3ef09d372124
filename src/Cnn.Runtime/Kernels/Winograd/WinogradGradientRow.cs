using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// One row of the points A dy Aᵀ of neighbouring tiles, over a range of channels: what the gradients of a tile's outputs come to at the points at which
/// the weight's gradient is summed. Positions that the map does not have count as zeros.
/// </summary>
/// <remarks>
/// A is the transposition of <see cref="WinogradOutput{TForm, TEpilogue}"/>'s Aᵀ: a row is the powers 1, p, … of its point, and 0, …, 0, 1 at ∞.
/// </remarks>
/// <typeparam name="TForm">Whose outputs they are.</typeparam>
/// <param name="dy">The first position of the output's gradient.</param>
/// <param name="points">Receives [6][tiles][pitch].</param>
/// <param name="map">The output's gradient.</param>
/// <param name="row">Which row of points.</param>
/// <param name="first">The first tile.</param>
/// <param name="tiles">How many tiles.</param>
/// <param name="pointStep">Floats from one point to the next.</param>
internal readonly ref struct WinogradGradientRow<TForm>(ref float dy, ref float points, WinogradMap map, int row, nint first, nint tiles, nint pointStep)
    : IRangeKernel
    where TForm : struct, IWinogradForm
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _points = ref points;
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
        nint end = from + ((to - from) / TSimd.Lanes * TSimd.Lanes);
        WinogradTile place = new(_map, _first);
        nint run;
        for (nint tile = 0; tile < _tiles; tile += run)
        {
            run = place.Run<TSimd, TVector>(_tiles - tile);
            ref float dy = ref Unsafe.Add(ref _dy, place.Corner);
            ref float points = ref Unsafe.Add(ref _points, tile * _map.Pitch);
            nint columns = place.ColumnsFromHere, whole = place.Rows < TForm.Outputs ? 0 : nint.Min(run, columns / TForm.Outputs);
            for (nint c = from; c < end; c += TSimd.Lanes)
            {
                Whole<TSimd, TVector>(ref Unsafe.Add(ref dy, c), ref Unsafe.Add(ref points, c), whole);
                for (nint part = whole; part < run; part++)
                {
                    Part<TSimd, TVector>(
                        ref Unsafe.Add(ref dy, (part * TForm.Outputs * _map.Pitch) + c), ref Unsafe.Add(ref points, (part * _map.Pitch) + c),
                        place.Rows, columns - (part * TForm.Outputs));
                }
            }

            place.Skip(run);
        }

        return end;
    }

    /// <summary>Tiles side by side, all of which the map has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Whole<TSimd, TVector>(ref float dy, ref float points, nint tiles)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float point = WinogradPoints.At(_row);
        if (_row == 0)
            Whole<TSimd, TVector>(ref dy, ref points, tiles, isEnd: true, default, default, default);
        else if (_row == WinogradPoints.Inputs - 1)
            Whole<TSimd, TVector>(ref Unsafe.Add(ref dy, (TForm.Outputs - 1) * _map.Row), ref points, tiles, isEnd: true, default, default, default);
        else
            Whole<TSimd, TVector>(
                ref dy, ref points, tiles, isEnd: false, TSimd.Create(point), TSimd.Create(point * point), TSimd.Create(point * point * point));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Whole<TSimd, TVector>(ref float dy, ref float points, nint tiles, bool isEnd, TVector point, TVector square, TVector cube)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint pitch = _map.Pitch;
        for (nint tile = 0; tile < tiles; tile++)
        {
            TVector c0 = Column<TSimd, TVector>(ref dy, isEnd, point, square, cube);
            TVector c1 = Column<TSimd, TVector>(ref Unsafe.Add(ref dy, pitch), isEnd, point, square, cube);
            TVector c2 = TSimd.Zero, c3 = TSimd.Zero;
            if (TForm.Outputs > 2)
            {
                c2 = Column<TSimd, TVector>(ref Unsafe.Add(ref dy, 2 * pitch), isEnd, point, square, cube);
                c3 = Column<TSimd, TVector>(ref Unsafe.Add(ref dy, 3 * pitch), isEnd, point, square, cube);
            }

            WinogradPolynomial.Evaluate<TSimd, TVector>(TForm.Outputs, c0, c1, c2, c3, TSimd.Zero, ref points, _pointStep);
            dy = ref Unsafe.Add(ref dy, TForm.Outputs * pitch);
            points = ref Unsafe.Add(ref points, pitch);
        }
    }

    /// <summary>A column of a tile that the map has, at the row's point; at 0 and ∞ that is the first or the last of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Column<TSimd, TVector>(ref float d, bool isEnd, TVector point, TVector square, TVector cube)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint row = _map.Row;
        TVector sum = TSimd.Load(ref d, 0);
        if (isEnd)
            return sum;
        sum = TSimd.MultiplyAdd(point, TSimd.Load(ref d, row), sum);
        if (TForm.Outputs == 2)
            return sum;
        return TSimd.MultiplyAdd(cube, TSimd.Load(ref d, 3 * row), TSimd.MultiplyAdd(square, TSimd.Load(ref d, 2 * row), sum));
    }

    /// <summary>A tile of which the map has so many rows and columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Part<TSimd, TVector>(ref float dy, ref float points, nint rows, nint columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint pitch = _map.Pitch;
        WinogradPolynomial.Evaluate<TSimd, TVector>(
            TForm.Outputs,
            PartOfColumn<TSimd, TVector>(ref dy, rows),
            columns > 1 ? PartOfColumn<TSimd, TVector>(ref Unsafe.Add(ref dy, pitch), rows) : TSimd.Zero,
            TForm.Outputs > 2 && columns > 2 ? PartOfColumn<TSimd, TVector>(ref Unsafe.Add(ref dy, 2 * pitch), rows) : TSimd.Zero,
            TForm.Outputs > 2 && columns > 3 ? PartOfColumn<TSimd, TVector>(ref Unsafe.Add(ref dy, 3 * pitch), rows) : TSimd.Zero,
            TSimd.Zero, ref points, _pointStep);
    }

    /// <summary>The rows of a column that the map has, at the row's point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector PartOfColumn<TSimd, TVector>(ref float d, nint rows)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (_row == 0)
            return TSimd.Load(ref d, 0);
        nint row = _map.Row;
        if (_row == WinogradPoints.Inputs - 1)
            return rows == TForm.Outputs ? TSimd.Load(ref d, (TForm.Outputs - 1) * row) : TSimd.Zero;
        float point = WinogradPoints.At(_row);
        TVector sum = TSimd.Load(ref d, 0);
        if (rows > 1)
            sum = TSimd.MultiplyAdd(TSimd.Create(point), TSimd.Load(ref d, row), sum);
        if (TForm.Outputs > 2 && rows > 2)
            sum = TSimd.MultiplyAdd(TSimd.Create(point * point), TSimd.Load(ref d, 2 * row), sum);
        if (TForm.Outputs > 2 && rows > 3)
            sum = TSimd.MultiplyAdd(TSimd.Create(point * point * point), TSimd.Load(ref d, 3 * row), sum);
        return sum;
    }
}
