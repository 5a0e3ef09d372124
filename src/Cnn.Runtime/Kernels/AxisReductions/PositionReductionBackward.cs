using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx[p][c] from dy[c] over a set of positions, over a range of channels.</summary>
internal readonly ref struct PositionReductionBackward<TReduction>(
    TReduction reduction, ref float dy, ref float y, ref float x, ref float dx, ReducedSet set) : IRangeKernel
    where TReduction : struct, IReduction
{
    private readonly TReduction _reduction = reduction;
    private readonly ref float _dy = ref dy;
    private readonly ref float _y = ref y;
    private readonly ref float _x = ref x;
    private readonly ref float _dx = ref dx;
    private readonly ReducedSet _set = set;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TReduction reduction = _reduction;
        ReducedSet set = _set;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector y = TReduction.NeedsValues ? TSimd.Load(ref _y, c) : TSimd.Zero;
            TVector ties = TReduction.CountsTies ? Ties<TSimd, TVector>(c, y) : TSimd.Zero;
            TVector share = reduction.Share<TSimd, TVector>(TSimd.Load(ref _dy, c), y, ties, set.Count);
            for (nint outer = 0; outer < set.Outer; outer++)
            {
                for (nint middle = 0; middle < set.Middle; middle++)
                {
                    nint row = set.Row(outer, middle) + c;
                    for (nint p = 0; p < set.Inner; p++)
                    {
                        nint at = row + (p * set.InnerStep);
                        TVector x = TReduction.NeedsValues ? TSimd.Load(ref _x, at) : TSimd.Zero;
                        TSimd.Store(reduction.Gradient<TSimd, TVector>(share, x, y), ref _dx, at);
                    }
                }
            }
        }

        return c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Ties<TSimd, TVector>(nint c, TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector one = TSimd.Create(1f);
        TVector ties = TSimd.Zero;
        for (nint outer = 0; outer < _set.Outer; outer++)
        {
            for (nint middle = 0; middle < _set.Middle; middle++)
            {
                nint row = _set.Row(outer, middle) + c;
                for (nint p = 0; p < _set.Inner; p++)
                    ties = TSimd.Add(ties, TSimd.And(TSimd.Equals(TSimd.Load(ref _x, row + (p * _set.InnerStep)), y), one));
            }
        }

        return ties;
    }
}
