using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// y = epilogue(Aᵀ m A + bias) of neighbouring tiles over a range of channels: 36 points to 4x4 or 2x2 outputs, of which the map may have fewer. A
/// null reference is no bias.
/// </summary>
/// <remarks>
/// For 4x4 outputs 60 loads, 40 stores and about 110 operations a tile. Aᵀ, with s = m1 + m2, d = m1 - m2 at ±a and S, D at ±b; the last of the
/// outputs has m5 besides:
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
        Span<float> columns = stackalloc float[TForm.Outputs * WinogradPoints.Inputs * TSimd.Lanes];
        ref float between = ref columns[0];
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector bias = _hasBias ? TSimd.Load(ref _bias, c) : TSimd.Zero;
            WinogradTile place = new(_map, _first);
            WinogradTile residualPlace = new(_residualMap, _first);
            for (nint tile = 0; tile < _tiles; tile++)
            {
                ref float m = ref Unsafe.Add(ref _m, (tile * _channels) + c);
                for (nint column = 0; column < WinogradPoints.Inputs; column++)
                    Columns<TSimd, TVector>(ref Unsafe.Add(ref m, column * _pointStep), WinogradPoints.Inputs * _pointStep,
                        ref Unsafe.Add(ref between, column * TSimd.Lanes));
                (nint rows, nint valid) = (place.Rows, place.Columns);
                ref float y = ref Unsafe.Add(ref _y, place.Corner + c);
                ref float residual = ref Unsafe.Add(ref _residual, TEpilogue.ReadsResidual ? residualPlace.Corner + c : 0);
                for (nint row = 0; row < rows; row++)
                    Row<TSimd, TVector>(ref Unsafe.Add(ref between, row * WinogradPoints.Inputs * TSimd.Lanes),
                        ref Unsafe.Add(ref residual, row * _residualMap.Row), ref Unsafe.Add(ref y, row * _map.Row), bias, valid);
                place.Next();
                if (TEpilogue.ReadsResidual)
                    residualPlace.Next();
            }
        }

        return c;
    }

    /// <summary>Six points of a column to the outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns<TSimd, TVector>(ref float m, nint step, ref float outputs)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Interpolate<TSimd, TVector>(ref m, step, TSimd.Zero, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
        TSimd.Store(y0, ref outputs, 0);
        TSimd.Store(y1, ref outputs, WinogradPoints.Inputs * TSimd.Lanes);
        if (TForm.Outputs == 2)
            return;
        TSimd.Store(y2, ref outputs, 2 * WinogradPoints.Inputs * TSimd.Lanes);
        TSimd.Store(y3, ref outputs, 3 * WinogradPoints.Inputs * TSimd.Lanes);
    }

    /// <summary>Six points of a row to those of its outputs that the map has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Row<TSimd, TVector>(ref float points, ref float residual, ref float y, TVector bias, nint valid)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Interpolate<TSimd, TVector>(ref points, TSimd.Lanes, bias, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
        Store<TSimd, TVector>(y0, ref residual, ref y, 0);
        if (valid > 1)
            Store<TSimd, TVector>(y1, ref residual, ref y, _map.Pitch);
        if (TForm.Outputs > 2 && valid > 2)
            Store<TSimd, TVector>(y2, ref residual, ref y, 2 * _map.Pitch);
        if (TForm.Outputs > 2 && valid > 3)
            Store<TSimd, TVector>(y3, ref residual, ref y, 3 * _map.Pitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TSimd, TVector>(TVector sum, ref float residual, ref float y, nint offset)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.Store(
            _epilogue.Of<TSimd, TVector>(sum, TEpilogue.ReadsResidual ? TSimd.Load(ref residual, offset) : TSimd.Zero), ref y, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interpolate<TSimd, TVector>(ref float m, nint step, TVector start, out TVector y0, out TVector y1, out TVector y2, out TVector y3)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector m1 = TSimd.Load(ref m, step), m2 = TSimd.Load(ref m, 2 * step), m3 = TSimd.Load(ref m, 3 * step), m4 = TSimd.Load(ref m, 4 * step);
        TVector sumA = TSimd.Add(m1, m2), differenceA = TSimd.Subtract(m1, m2);
        TVector sumB = TSimd.Add(m3, m4), differenceB = TSimd.Subtract(m3, m4);
        y0 = TSimd.Add(TSimd.Add(TSimd.Add(start, TSimd.Load(ref m, 0)), sumA), sumB);
        TVector end = TSimd.Add(start, TSimd.Load(ref m, 5 * step));
        TVector odd = TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.B), differenceB, TForm.Outputs == 2 ? end : start);
        y1 = TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.A), differenceA, odd);
        y2 = y3 = TSimd.Zero;
        if (TForm.Outputs == 2)
            return;
        y2 = TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.ASquared), sumA, TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.BSquared), sumB, start));
        y3 = TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.ACubed), differenceA,
            TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.BCubed), differenceB, end));
    }
}
