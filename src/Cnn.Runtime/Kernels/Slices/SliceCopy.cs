using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[p][c] = x[p][c] over a range of positions; the last vector of a slice overlaps the one before it.</summary>
internal readonly ref struct SliceCopy(ref float x, nint xPitch, ref float y, nint yPitch, nint channels, nint behind) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly nint _xPitch = xPitch;
    private readonly ref float _y = ref y;
    private readonly nint _yPitch = yPitch;
    private readonly nint _channels = channels;
    private readonly nint _behind = behind;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint channels = _channels;
        nint vectors = channels < TSimd.Lanes ? 0 : channels;
        for (nint p = RunFew<TSimd, TVector>(from, to); p < to; p++)
        {
            ref float x = ref Unsafe.Add(ref _x, p * _xPitch);
            ref float y = ref Unsafe.Add(ref _y, p * _yPitch);
            for (nint c = 0; c < vectors; c += TSimd.Lanes)
            {
                nint at = nint.Min(c, channels - TSimd.Lanes);
                TSimd.Store(TSimd.Load(ref x, at), ref y, at);
            }

            for (nint c = vectors; c < channels; c++)
                Unsafe.Add(ref y, c) = Unsafe.Add(ref x, c);
            for (nint c = channels; c < channels + _behind; c++)
                Unsafe.Add(ref y, c) = 0;
        }

        return to;
    }

    /// <summary>
    /// The positions of a slice that a vector covers together with the zeros behind it, and of which as much can be read: all but the last few.
    /// </summary>
    /// <returns>The first position that is left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nint RunFew<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint all = _channels + _behind;
        nint readable = ((to - 1) * _xPitch) + _channels;
        if (_channels >= TSimd.Lanes || all < TSimd.Lanes || TSimd.Lanes > EightLanes.Count)
            return from;
        TVector mask = EightLanes.Mask<TSimd, TVector>(0, 0, _channels);
        nint p = from;
        for (; p < to && (p * _xPitch) + TSimd.Lanes <= readable; p++)
        {
            ref float y = ref Unsafe.Add(ref _y, p * _yPitch);
            TSimd.Store(TSimd.And(mask, TSimd.Load(ref Unsafe.Add(ref _x, p * _xPitch), 0)), ref y, 0);
            for (nint c = TSimd.Lanes; c < all; c++)
                Unsafe.Add(ref y, c) = 0;
        }

        return p;
    }
}
