using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>V = Bᵀ d B of neighbouring tiles, over a range of channels: 6x6 inputs to 36 points, columns first, then rows.</summary>
/// <remarks>
/// 144 loads and stores of vectors and 144 multiply-adds a tile, bound by its 72 stores. Bᵀ, with the coefficients of the polynomials that vanish
/// at all points but one:
/// <code>
///   a²b² d0 - (a² + b²) d2 + d4              at 0
///   (d4 - b² d2) ± a (d3 - b² d1)            at ±a
///   (d4 - a² d2) ± b (d3 - a² d1)            at ±b
///   a²b² d1 - (a² + b²) d3 + d5              at ∞
/// </code>
/// </remarks>
internal readonly ref struct WinogradInput(ref float x, ref float v, WinogradMap map, nint first, nint tiles, nint pointStep) : IRangeKernel
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
        Span<float> columns = stackalloc float[WinogradPoints.Points * TSimd.Lanes];
        ref float between = ref columns[0];
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            WinogradTile place = new(_map, _first);
            for (nint tile = 0; tile < _tiles; tile++)
            {
                ref float d = ref Unsafe.Add(ref _x, place.Corner + c);
                for (nint column = 0; column < WinogradPoints.Inputs; column++)
                    Evaluate<TSimd, TVector>(ref Unsafe.Add(ref d, column * _map.Pitch), _map.Row, ref Unsafe.Add(ref between, column * TSimd.Lanes),
                        WinogradPoints.Inputs * TSimd.Lanes);
                ref float v = ref Unsafe.Add(ref _v, (tile * _map.Pitch) + c);
                for (nint point = 0; point < WinogradPoints.Inputs; point++)
                {
                    Evaluate<TSimd, TVector>(
                        ref Unsafe.Add(ref between, point * WinogradPoints.Inputs * TSimd.Lanes), TSimd.Lanes,
                        ref Unsafe.Add(ref v, point * WinogradPoints.Inputs * _pointStep), _pointStep);
                }

                place.Next();
            }
        }

        return c;
    }

    /// <summary>Six neighbours along one axis, <paramref name="step"/> floats apart, at the six points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Evaluate<TSimd, TVector>(ref float d, nint step, ref float points, nint pointStep)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => Evaluate<TSimd, TVector>(
            TSimd.Load(ref d, 0), TSimd.Load(ref d, step), TSimd.Load(ref d, 2 * step), TSimd.Load(ref d, 3 * step), TSimd.Load(ref d, 4 * step),
            TSimd.Load(ref d, 5 * step), ref points, pointStep);

    /// <summary>The same of six vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate<TSimd, TVector>(
        TVector d0, TVector d1, TVector d2, TVector d3, TVector d4, TVector d5, ref float points, nint pointStep)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector product = TSimd.Create(WinogradPoints.ProductOfSquares);
        TVector sum = TSimd.Create(-WinogradPoints.SumOfSquares);
        TVector minusASquared = TSimd.Create(-WinogradPoints.ASquared);
        TVector minusBSquared = TSimd.Create(-WinogradPoints.BSquared);
        TVector evenA = TSimd.MultiplyAdd(minusBSquared, d2, d4), oddA = TSimd.MultiplyAdd(minusBSquared, d1, d3);
        TVector evenB = TSimd.MultiplyAdd(minusASquared, d2, d4), oddB = TSimd.MultiplyAdd(minusASquared, d1, d3);
        TSimd.Store(TSimd.MultiplyAdd(product, d0, TSimd.MultiplyAdd(sum, d2, d4)), ref points, 0);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.A), oddA, evenA), ref points, pointStep);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(-WinogradPoints.A), oddA, evenA), ref points, 2 * pointStep);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(WinogradPoints.B), oddB, evenB), ref points, 3 * pointStep);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(-WinogradPoints.B), oddB, evenB), ref points, 4 * pointStep);
        TSimd.Store(TSimd.MultiplyAdd(product, d1, TSimd.MultiplyAdd(sum, d3, d5)), ref points, 5 * pointStep);
    }
}
