using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = (x - mean) inverseDeviation over a range of channels.</summary>
internal readonly ref struct Standardization(
    ref float x, ref float mean, ref float inverseDeviation, ref float y, nint positions, nint pitch) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly ref float _mean = ref mean;
    private readonly ref float _inverseDeviation = ref inverseDeviation;
    private readonly ref float _y = ref y;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float x = ref _x;
        ref float y = ref _y;
        nint pitch = _pitch;
        nint end = _positions * pitch;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector mean = TSimd.Load(ref _mean, c);
            TVector inverseDeviation = TSimd.Load(ref _inverseDeviation, c);
            for (nint at = c; at < end; at += pitch)
                TSimd.Store(TSimd.Multiply(TSimd.Subtract(TSimd.Load(ref x, at), mean), inverseDeviation), ref y, at);
        }
        return c;
    }
}
