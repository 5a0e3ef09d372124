using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[c] = the reduction of x[p][c] over a set of positions, over a range of channels.</summary>
internal readonly ref struct PositionReduction<TReduction>(TReduction reduction, ref float x, ReducedSet set, ref float y) : IRangeKernel
    where TReduction : struct, IReduction
{
    private const int Chains = 4;

    private readonly TReduction _reduction = reduction;
    private readonly ref float _x = ref x;
    private readonly ReducedSet _set = set;
    private readonly ref float _y = ref y;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TReduction reduction = _reduction;
        ReducedSet set = _set;
        nint step = set.InnerStep;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector start = TSimd.Create(TReduction.Start);
            (TVector first, TVector second, TVector third, TVector fourth) = (start, start, start, start);
            for (nint outer = 0; outer < set.Outer; outer++)
            {
                for (nint middle = 0; middle < set.Middle; middle++)
                {
                    ref float row = ref Unsafe.Add(ref _x, set.Row(outer, middle) + c);
                    nint p = 0;
                    for (; p <= set.Inner - Chains; p += Chains)
                    {
                        first = reduction.Add<TSimd, TVector>(first, TSimd.Load(ref row, p * step));
                        second = reduction.Add<TSimd, TVector>(second, TSimd.Load(ref row, (p + 1) * step));
                        third = reduction.Add<TSimd, TVector>(third, TSimd.Load(ref row, (p + 2) * step));
                        fourth = reduction.Add<TSimd, TVector>(fourth, TSimd.Load(ref row, (p + 3) * step));
                    }

                    if (p < set.Inner)
                        first = reduction.Add<TSimd, TVector>(first, TSimd.Load(ref row, p++ * step));
                    if (p < set.Inner)
                        second = reduction.Add<TSimd, TVector>(second, TSimd.Load(ref row, p++ * step));
                    if (p < set.Inner)
                        third = reduction.Add<TSimd, TVector>(third, TSimd.Load(ref row, p * step));
                }
            }

            TVector sum = reduction.Join<TSimd, TVector>(
                reduction.Join<TSimd, TVector>(first, second), reduction.Join<TSimd, TVector>(third, fourth));
            TSimd.Store(reduction.Finish<TSimd, TVector>(sum, set.Count), ref _y, c);
        }

        return c;
    }
}
