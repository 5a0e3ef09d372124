using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// y = epilogue(Aᵀ m A + bias) of neighbouring tiles over a range of channels: 36 points to 4x4 or 2x2 outputs, of which the map may have fewer. A
/// null reference is no bias.
/// </summary>
/// <remarks>
/// For 4x4 outputs 60 loads, 16 stores and about 130 operations a tile, two rows of outputs at a time in registers. Aᵀ, with
/// s = m1 + m2, d = m1 - m2 at ±a and S, D at ±b; the last of the outputs has m5 besides:
/// <code>
///   y0 = m0 + s + S        y1 = a d + b D        y2 = a² s + b² S        y3 = a³ d + b³ D
/// </code>
/// </remarks>
/// <typeparam name="TForm">Whose outputs they are.</typeparam>
/// <typeparam name="TEpilogue">What is done to them.</typeparam>
internal readonly ref struct WinogradOutput<TForm, TEpilogue>(
    ref float m, ref float bias, ref float residual, ref float y, nint first, nint tiles, WinogradMap residualMap, WinogradMap map, nint channels,
    nint pointStep, TEpilogue epilogue)
    : IRangeKernel
    where TForm : struct, IWinogradForm
    where TEpilogue : struct, IEpilogue
{
    private readonly ref float _m = ref m;
    private readonly ref float _bias = ref bias;
    private readonly bool _hasBias = !Unsafe.IsNullRef(ref bias);
    private readonly ref float _residual = ref residual;
    private readonly ref float _y = ref y;
    private readonly nint _first = first;
    private readonly nint _tiles = tiles;
    private readonly WinogradMap _residualMap = residualMap;
    private readonly WinogradMap _map = map;
    private readonly nint _channels = channels;
    private readonly nint _pointStep = pointStep;
    private readonly TEpilogue _epilogue = epilogue;

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
            (nint rows, nint columns) = (place.Rows, place.ColumnsFromHere);
            ref float m = ref Unsafe.Add(ref _m, tile * _channels);
            ref float y = ref Unsafe.Add(ref _y, place.Corner);
            ref float residual = ref Unsafe.Add(ref _residual, TEpilogue.ReadsResidual ? place.CornerOf(_residualMap) : 0);
            for (nint c = from; c < end; c += TSimd.Lanes)
            {
                Row<TSimd, TVector>(ref Unsafe.Add(ref m, c), ref Unsafe.Add(ref residual, TEpilogue.ReadsResidual ? c : 0), ref Unsafe.Add(ref y, c),
                    _hasBias ? TSimd.Load(ref _bias, c) : TSimd.Zero, run, rows, columns);
            }

            place.Skip(run);
        }

        return end;
    }

    /// <summary>Tiles side by side, of which the map has so many rows and columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Row<TSimd, TVector>(ref float m, ref float residual, ref float y, TVector bias, nint run, nint rows, nint columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (nint tile = 0; tile < run; tile++)
        {
            Outputs<TSimd, TVector, SumsOfPoints>(ref m, ref residual, ref y, bias, rows, columns);
            Outputs<TSimd, TVector, DifferencesOfPoints>(ref m, ref residual, ref y, bias, rows, columns);
            m = ref Unsafe.Add(ref m, _channels);
            y = ref Unsafe.Add(ref y, TForm.Outputs * _map.Pitch);
            residual = ref Unsafe.Add(ref residual, TEpilogue.ReadsResidual ? TForm.Outputs * _map.Pitch : 0);
            columns -= TForm.Outputs;
        }
    }

    /// <summary>Two rows of a tile's outputs, or one of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Outputs<TSimd, TVector, TPair>(ref float m, ref float residual, ref float y, TVector bias, nint rows, nint columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TPair : struct, IWinogradOutputPair
    {
        nint pointStep = _pointStep, step = WinogradPoints.Inputs * pointStep;
        TPair.Interpolate<TSimd, TVector, TForm>(ref m, step, out TVector a0, out TVector b0);
        TPair.Interpolate<TSimd, TVector, TForm>(ref Unsafe.Add(ref m, pointStep), step, out TVector a1, out TVector b1);
        TPair.Interpolate<TSimd, TVector, TForm>(ref Unsafe.Add(ref m, 2 * pointStep), step, out TVector a2, out TVector b2);
        TPair.Interpolate<TSimd, TVector, TForm>(ref Unsafe.Add(ref m, 3 * pointStep), step, out TVector a3, out TVector b3);
        TPair.Interpolate<TSimd, TVector, TForm>(ref Unsafe.Add(ref m, 4 * pointStep), step, out TVector a4, out TVector b4);
        TPair.Interpolate<TSimd, TVector, TForm>(ref Unsafe.Add(ref m, 5 * pointStep), step, out TVector a5, out TVector b5);
        if (rows > TPair.First)
            Store<TSimd, TVector>(a0, a1, a2, a3, a4, a5, bias, ref residual, ref y, TPair.First, columns);
        if (TForm.Outputs > 2 && rows > TPair.First + 2)
            Store<TSimd, TVector>(b0, b1, b2, b3, b4, b5, bias, ref residual, ref y, TPair.First + 2, columns);
    }

    /// <summary>Six points of a row to those of its outputs that the map has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TSimd, TVector>(
        TVector m0, TVector m1, TVector m2, TVector m3, TVector m4, TVector m5, TVector bias, ref float residual, ref float y, int row, nint columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sumA = TSimd.Add(m1, m2), differenceA = TSimd.Subtract(m1, m2);
        TVector sumB = TSimd.Add(m3, m4), differenceB = TSimd.Subtract(m3, m4);
        TVector y0 = TSimd.Add(TSimd.Add(TSimd.Add(bias, m0), sumA), sumB);
        TVector last = TSimd.Add(bias, m5);
        TVector y1 = TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.A), differenceA,
            TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.B), differenceB, TForm.Outputs == 2 ? last : bias));
        y = ref Unsafe.Add(ref y, row * (nint)_map.Row);
        residual = ref Unsafe.Add(ref residual, TEpilogue.ReadsResidual ? row * (nint)_residualMap.Row : 0);
        Store<TSimd, TVector>(y0, ref residual, ref y, 0);
        if (columns > 1)
            Store<TSimd, TVector>(y1, ref residual, ref y, _map.Pitch);
        if (TForm.Outputs == 2)
            return;
        TVector y2 = TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.ASquared), sumA,
            TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.BSquared), sumB, bias));
        TVector y3 = TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.ACubed), differenceA,
            TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.BCubed), differenceB, last));
        if (columns > 2)
            Store<TSimd, TVector>(y2, ref residual, ref y, 2 * _map.Pitch);
        if (columns > 3)
            Store<TSimd, TVector>(y3, ref residual, ref y, 3 * _map.Pitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TSimd, TVector>(TVector sum, ref float residual, ref float y, nint offset)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.Store(
            _epilogue.Of<TSimd, TVector>(sum, TEpilogue.ReadsResidual ? TSimd.Load(ref residual, offset) : TSimd.Zero), ref y, offset);
}
