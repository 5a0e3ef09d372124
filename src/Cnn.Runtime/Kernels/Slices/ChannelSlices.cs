using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.CompilerServices;

/// <summary>Parts of the channels of channels-last maps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChannelSlices
{
    /// <summary>y[p][c] = x[p][c] for the channels c of a slice, and zeros behind it.</summary>
    /// <param name="x">The slice of the input [positions][xPitch].</param>
    /// <param name="xPitch">Floats from one position of the input to the next.</param>
    /// <param name="y">The slice of the output [positions][yPitch]; may not overlap <paramref name="x"/>.</param>
    /// <param name="yPitch">Floats from one position of the output to the next.</param>
    /// <param name="positions">Positions of the maps.</param>
    /// <param name="channels">Channels of the slice, any number; the slice need not start at a multiple of 8.</param>
    /// <param name="behind">Floats behind the slice that become 0: the padding of the output's channels.</param>
    public static void Copy(ref float x, nint xPitch, ref float y, nint yPitch, nint positions, nint channels, nint behind)
    {
        SliceCopy copy = new(ref x, xPitch, ref y, yPitch, channels, behind);
        if (channels >= Simd512.Lanes)
            WidthLadder.Run(copy, positions);
        else
            WidthLadder.RunNarrow(copy, 0, positions);
    }

    /// <summary>y[p][c] = 0 for some neighbouring channels.</summary>
    /// <param name="y">The first of them at the first position.</param>
    /// <param name="pitch">Floats from one position to the next.</param>
    /// <param name="positions">Positions.</param>
    /// <param name="channels">How many channels.</param>
    public static void Clear(ref float y, nint pitch, nint positions, nint channels)
    {
        if (channels < Vector256<float>.Count)
        {
            ClearFew(ref y, pitch, positions, channels);
            return;
        }

        for (nint p = 0; p < positions; p++)
            ElementWise.Clear(ref Unsafe.Add(ref y, p * pitch), channels);
    }

    /// <summary>Fewer floats than are worth a call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ClearFew(ref float y, nint pitch, nint positions, nint channels)
    {
        for (nint p = 0; p < positions; p++, y = ref Unsafe.Add(ref y, pitch))
        {
            for (nint c = 0; c < channels; c++)
                Unsafe.Add(ref y, c) = 0;
        }
    }
}
