using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx[p][c] = dy[c] / divisor over a range of channels.</summary>
internal readonly ref struct ChannelBroadcast(ref float dy, float divisor, ref float dx, nint positions, nint pitch) : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly float _divisor = divisor;
    private readonly ref float _dx = ref dx;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float dx = ref _dx;
        nint pitch = _pitch;
        nint end = _positions * pitch;
        TVector divisor = TSimd.Create(_divisor);
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector share = TSimd.Divide(TSimd.Load(ref _dy, c), divisor);
            for (nint at = c; at < end; at += pitch)
                TSimd.Store(share, ref dx, at);
        }
        return c;
    }
}
