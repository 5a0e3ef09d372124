using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[p][c times + t] = x[p][c] over a range of positions; what a vector writes too much, the next channel writes over.</summary>
internal readonly ref struct ChannelRepeat(ref float x, nint xPitch, ref float y, nint yPitch, nint channels, nint times) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly nint _xPitch = xPitch;
    private readonly ref float _y = ref y;
    private readonly nint _yPitch = yPitch;
    private readonly nint _channels = channels;
    private readonly nint _times = times;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint times = _times;
        nint last = _yPitch - TSimd.Lanes;
        for (nint p = from; p < to; p++)
        {
            ref float x = ref Unsafe.Add(ref _x, p * _xPitch);
            ref float y = ref Unsafe.Add(ref _y, p * _yPitch);
            nint at = 0;
            for (nint c = 0; c < _channels; c++)
            {
                TVector value = TSimd.Create(Unsafe.Add(ref x, c));
                nint end = at + times;
                for (; at < end && at <= last; at += TSimd.Lanes)
                    TSimd.Store(value, ref y, at);
                for (; at < end; at++)
                    Unsafe.Add(ref y, at) = Unsafe.Add(ref x, c);
                at = end;
            }
        }

        return to;
    }
}
