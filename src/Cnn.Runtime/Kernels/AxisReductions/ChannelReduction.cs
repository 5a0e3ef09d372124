using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[r] = the reduction of all channels of a set of positions, over a range of rows.</summary>
internal readonly ref struct ChannelReduction<TReduction>(
    TReduction reduction, ref float x, nint xStep, ReducedSet set, ref float y, nint yStep, nint channels) : IRangeKernel
    where TReduction : struct, IReduction
{
    private readonly TReduction _reduction = reduction;
    private readonly ref float _x = ref x;
    private readonly nint _xStep = xStep;
    private readonly ReducedSet _set = set;
    private readonly ref float _y = ref y;
    private readonly nint _yStep = yStep;
    private readonly nint _channels = channels;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> chains = stackalloc float[EightLanes.Count];
        for (nint row = from; row < to; row++)
        {
            for (nint lane = 0; lane < EightLanes.Count; lane += TSimd.Lanes)
                TSimd.Store(Chains<TSimd, TVector>(ref Unsafe.Add(ref _x, row * _xStep), lane), ref chains[0], lane);
            Unsafe.Add(ref _y, row * _yStep) = _reduction.Finish<SimdScalar, float>(ReducedChains.Join(_reduction, chains), _set.Count * _channels);
        }

        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Chains<TSimd, TVector>(ref float x, nint lane)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum = TSimd.Create(TReduction.Start);
        for (nint outer = 0; outer < _set.Outer; outer++)
        {
            for (nint middle = 0; middle < _set.Middle; middle++)
            {
                for (nint p = 0; p < _set.Inner; p++)
                {
                    nint at = _set.Row(outer, middle) + (p * _set.InnerStep);
                    nint c = lane;
                    for (; c + EightLanes.Count - lane <= _channels; c += EightLanes.Count)
                        sum = _reduction.Add<TSimd, TVector>(sum, TSimd.Load(ref x, at + c));
                    if (c - lane >= _channels)
                        continue;
                    TVector mask = EightLanes.Mask<TSimd, TVector>(c, lane, _channels);
                    sum = TSimd.Select(mask, _reduction.Add<TSimd, TVector>(sum, TSimd.Load(ref x, at + c)), sum);
                }
            }
        }

        return sum;
    }
}
