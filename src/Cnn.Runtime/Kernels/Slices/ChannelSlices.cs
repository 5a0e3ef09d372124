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

    /// <summary>
    /// y[p][i lanes + g outputs + o] = x[p][g inputs + i]: of each group the i-th input as often as the group has outputs, group after group, and zeros
    /// behind them.
    /// </summary>
    /// <param name="x">Input [positions][xPitch].</param>
    /// <param name="xPitch">Floats from one position of the input to the next, any number.</param>
    /// <param name="y">Output [positions][yPitch], of which floats behind the last lanes stay as they are; may not overlap <paramref name="x"/>.</param>
    /// <param name="yPitch">Floats from one position of the output to the next.</param>
    /// <param name="positions">Positions of the maps.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="inputs">Inputs of a group.</param>
    /// <param name="outputs">Outputs of a group.</param>
    /// <param name="lanes">Floats from one input of all groups to the next: all outputs, rounded up.</param>
    public static void Spread(
        ref float x, nint xPitch, ref float y, nint yPitch, nint positions, nint groups, nint inputs, nint outputs, nint lanes)
    {
        if (inputs == 1)
        {
            WidthLadder.RunNarrow(new ChannelRepeat(ref x, xPitch, ref y, yPitch, groups, outputs), 0, positions);
        }
        else
        {
            for (nint p = 0; p < positions; p++)
                SpreadPosition(ref Unsafe.Add(ref x, p * xPitch), ref Unsafe.Add(ref y, p * yPitch), groups, inputs, outputs, lanes);
        }

        nint all = groups * outputs;
        for (nint input = 0; all < lanes && input < inputs; input++)
            Clear(ref Unsafe.Add(ref y, (input * lanes) + all), yPitch, positions, lanes - all);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SpreadPosition(ref float x, ref float y, nint groups, nint inputs, nint outputs, nint lanes)
    {
        if (outputs == 1)
        {
            Packing.TransposeBlock(ref x, inputs, ref y, lanes, groups, inputs);
            return;
        }

        for (nint group = 0; group < groups; group++)
        {
            for (nint input = 0; input < inputs; input++)
            {
                float value = Unsafe.Add(ref x, (group * inputs) + input);
                ref float first = ref Unsafe.Add(ref y, (input * lanes) + (group * outputs));
                for (nint output = 0; output < outputs; output++)
                    Unsafe.Add(ref first, output) = value;
            }
        }
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
