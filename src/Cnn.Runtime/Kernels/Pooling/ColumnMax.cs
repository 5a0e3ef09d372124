using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[c] = max_p x[p][c] over a range of channels; a NaN wins.</summary>
internal readonly ref struct ColumnMax(ref float x, ref float y, nint positions, nint pitch) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly ref float _y = ref y;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint pitch = _pitch;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
            TSimd.Store(Of<TSimd, TVector>(ref _x, c, _positions * pitch, pitch), ref _y, c);
        return c;
    }

    /// <summary>The largest vector of a column. Two chains hide the latency; a maximum does not mind the order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TSimd, TVector>(ref float x, nint from, nint end, nint pitch)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector even = TSimd.Load(ref x, from);
        TVector odd = even;
        nint at = from + pitch;
        for (; at < end - pitch; at += 2 * pitch)
        {
            even = TSimd.Max(even, TSimd.Load(ref x, at));
            odd = TSimd.Max(odd, TSimd.Load(ref x, at + pitch));
        }
        if (at < end)
            even = TSimd.Max(even, TSimd.Load(ref x, at));
        return TSimd.Max(even, odd);
    }
}
