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
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            WinogradTile place = new(_map, _first);
            for (nint tile = 0; tile < _tiles; tile++)
            {
                ref float d = ref Unsafe.Add(ref _dy, place.Corner + c);
                (nint rows, nint columns) = (place.Rows, place.Columns);
                WinogradPolynomial.Evaluate<TSimd, TVector>(
                    TForm.Outputs,
                    Column<TSimd, TVector>(ref d, rows),
                    columns > 1 ? Column<TSimd, TVector>(ref Unsafe.Add(ref d, _map.Pitch), rows) : TSimd.Zero,
                    TForm.Outputs > 2 && columns > 2 ? Column<TSimd, TVector>(ref Unsafe.Add(ref d, 2 * _map.Pitch), rows) : TSimd.Zero,
                    TForm.Outputs > 2 && columns > 3 ? Column<TSimd, TVector>(ref Unsafe.Add(ref d, 3 * _map.Pitch), rows) : TSimd.Zero,
                    TSimd.Zero,
                    ref Unsafe.Add(ref _points, (tile * _map.Pitch) + c), _pointStep);
                place.Next();
            }
        }

        return c;
    }

    /// <summary>The rows of a column that the map has, at the row's point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Column<TSimd, TVector>(ref float d, nint rows)
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
