using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx = factor dy + slope (x - mean) + shift over a range of channels.</summary>
internal readonly ref struct GroupNormBackwardApply(
    ref float dy, ref float x, ref float mean, ref float factor, ref float slope, ref float shift, ref float dx, nint positions, nint pitch)
    : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _x = ref x;
    private readonly ref float _mean = ref mean;
    private readonly ref float _factor = ref factor;
    private readonly ref float _slope = ref slope;
    private readonly ref float _shift = ref shift;
    private readonly ref float _dx = ref dx;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float dy = ref _dy;
        ref float x = ref _x;
        ref float dx = ref _dx;
        nint pitch = _pitch;
        nint end = _positions * pitch;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector mean = TSimd.Load(ref _mean, c);
            TVector factor = TSimd.Load(ref _factor, c);
            TVector slope = TSimd.Load(ref _slope, c);
            TVector shift = TSimd.Load(ref _shift, c);
            for (nint at = c; at < end; at += pitch)
            {
                TVector centred = TSimd.Subtract(TSimd.Load(ref x, at), mean);
                TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(ref dy, at), factor, TSimd.MultiplyAdd(centred, slope, shift)), ref dx, at);
            }
        }
        return c;
    }
}
