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
        ref float scale = ref _scale;
        ref float shift = ref _shift;
        nint pitch = _pitch;
        nint last = _positions * pitch;
        nint end = from + ((to - from) / TSimd.Lanes * TSimd.Lanes);
        for (nint row = 0; row < last; row += pitch)
        {
            for (nint c = from; c < end; c += TSimd.Lanes)
                TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(ref x, row + c), TSimd.Load(ref scale, c), TSimd.Load(ref shift, c)), ref y, row + c);
        }

        return end;
    }
}
