using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[p][c] = x[p][c] scale[c] + shift[c] over a range of channels.</summary>
internal readonly ref struct ChannelScaleShift(ref float x, ref float scale, ref float shift, ref float y, nint positions, nint pitch) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly ref float _scale = ref scale;
    private readonly ref float _shift = ref shift;
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
            TVector scale = TSimd.Load(ref _scale, c);
            TVector shift = TSimd.Load(ref _shift, c);
            for (nint at = c; at < end; at += pitch)
                TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(ref x, at), scale, shift), ref y, at);
        }
        return c;
    }
}
