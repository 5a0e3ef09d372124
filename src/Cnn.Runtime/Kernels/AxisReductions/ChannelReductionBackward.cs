using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx of all channels of a set of positions from dy[r], over a range of rows.</summary>
internal readonly ref struct ChannelReductionBackward<TReduction>(
    TReduction reduction, ref float dy, nint dyStep, ref float y, nint yStep, ref float x, ref float dx, nint xStep, ReducedSet set, nint channels,
    nint pitch) : IRangeKernel
    where TReduction : struct, IReduction
{
    private readonly TReduction _reduction = reduction;
    private readonly ref float _dy = ref dy;
    private readonly nint _dyStep = dyStep;
    private readonly ref float _y = ref y;
    private readonly nint _yStep = yStep;
    private readonly ref float _x = ref x;
    private readonly ref float _dx = ref dx;
    private readonly nint _xStep = xStep;
    private readonly ReducedSet _set = set;
    private readonly nint _channels = channels;
    private readonly nint _pitch = pitch;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (nint row = from; row < to; row++)
        {
            ref float x = ref Unsafe.Add(ref _x, TReduction.NeedsValues ? row * _xStep : 0);
            float y = TReduction.NeedsValues ? Unsafe.Add(ref _y, row * _yStep) : 0;
            float ties = TReduction.CountsTies ? Ties(ref x, y) : 0;
            float share = _reduction.Share<SimdScalar, float>(Unsafe.Add(ref _dy, row * _dyStep), y, ties, _set.Count * _channels);
            Spread<TSimd, TVector>(ref x, ref Unsafe.Add(ref _dx, row * _xStep), TSimd.Create(share), TSimd.Create(y));
        }

        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Spread<TSimd, TVector>(ref float x, ref float dx, TVector share, TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (nint outer = 0; outer < _set.Outer; outer++)
        {
            for (nint middle = 0; middle < _set.Middle; middle++)
            {
                for (nint p = 0; p < _set.Inner; p++)
                {
                    nint at = _set.Row(outer, middle) + (p * _set.InnerStep);
                    for (nint block = 0; block < _pitch; block += EightLanes.Count)
                    {
                        for (nint lane = 0; lane < EightLanes.Count; lane += TSimd.Lanes)
                        {
                            nint c = block + lane;
                            TVector value = TReduction.NeedsValues ? TSimd.Load(ref x, at + c) : TSimd.Zero;
                            TVector gradient = _reduction.Gradient<TSimd, TVector>(share, value, y);
                            TSimd.Store(TSimd.And(EightLanes.Mask<TSimd, TVector>(c, lane, _channels), gradient), ref dx, at + c);
                        }
                    }
                }
            }
        }
    }

    private float Ties(ref float x, float y)
    {
        float ties = 0;
        for (nint outer = 0; outer < _set.Outer; outer++)
        {
            for (nint middle = 0; middle < _set.Middle; middle++)
            {
                for (nint p = 0; p < _set.Inner; p++)
                {
                    nint at = _set.Row(outer, middle) + (p * _set.InnerStep);
                    for (nint c = 0; c < _channels; c++)
                        ties += Unsafe.Add(ref x, at + c) == y ? 1 : 0;
                }
            }
        }

        return ties;
    }
}
