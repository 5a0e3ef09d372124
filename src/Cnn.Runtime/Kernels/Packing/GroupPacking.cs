using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Channels of groups in the order in which lanes read them: the first of all groups side by side, then the second of all groups.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupPacking
{
    /// <summary>y[p][i groups + g] = x[p][g inputs + i].</summary>
    /// <param name="x">Input [positions][xPitch].</param>
    /// <param name="xPitch">Floats from one position of the input to the next, at least the channels.</param>
    /// <param name="y">Output [positions][yPitch], of which floats behind the channels are not written; may not overlap <paramref name="x"/>.</param>
    /// <param name="yPitch">Floats from one position of the output to the next, at least the channels.</param>
    /// <param name="positions">Positions of the maps.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="inputs">Channels of a group.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Regroup(ref float x, nint xPitch, ref float y, nint yPitch, nint positions, nint groups, nint inputs)
    {
        for (nint p = 0; p < positions; p++, x = ref Unsafe.Add(ref x, xPitch), y = ref Unsafe.Add(ref y, yPitch))
            Packing.TransposeBlock(ref x, inputs, ref y, groups, groups, inputs);
    }

    /// <summary>One image from planes (NCHW) to channels-last: destination[r][p][i groups + g] = source[g inputs + i][r][p].</summary>
    /// <param name="source">[groups][inputs][rows][positionsPerRow].</param>
    /// <param name="destination">The first position of the first row, inside its border, which is not written; lanes behind the channels become zero.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="inputs">Channels of a group.</param>
    /// <param name="positionsPerRow">Positions in a row: the width.</param>
    /// <param name="rows">Rows: the height, and the depth times the height of a volume without a border between its slices.</param>
    /// <param name="destinationPitch">Floats of one position of the destination.</param>
    /// <param name="destinationRowStride">Floats from one row of the destination to the next.</param>
    /// <param name="part">Which part of the work this is: a part has some of the rows.</param>
    /// <param name="parts">Of how many.</param>
    public static void FromPlanes(
        ref float source, ref float destination, int groups, int inputs, nint positionsPerRow, nint rows, nint destinationPitch,
        nint destinationRowStride, int part, int parts)
    {
        (nint from, nint to) = (rows * part / parts, rows * (part + 1) / parts);
        nint plane = rows * positionsPerRow;
        // Rows that follow each other without a border are one long row.
        nint together = destinationRowStride == positionsPerRow * destinationPitch ? nint.Max(1, to - from) : 1;
        for (nint r = from; r < to; r += together)
        {
            ref float first = ref Unsafe.Add(ref source, r * positionsPerRow);
            ref float row = ref Unsafe.Add(ref destination, r * destinationRowStride);
            if (KernelSet.UseAvx2)
                GroupTranspose256.Run(ref first, plane, ref row, destinationPitch, groups, inputs, together * positionsPerRow);
            else
                Each(ref first, plane, ref row, destinationPitch, groups, inputs, together * positionsPerRow);
            Packing.ClearLanes(ref row, groups * inputs, together * positionsPerRow, destinationPitch);
        }
    }

    /// <summary>The first channels of all groups, then the second ones.</summary>
    private static void Each(ref float source, nint plane, ref float destination, nint destinationPitch, nint groups, nint inputs, nint positions)
    {
        for (nint input = 0; input < inputs; input++)
        {
            ref float first = ref Unsafe.Add(ref source, input * plane);
            Packing.TransposeBlock(ref first, inputs * plane, ref Unsafe.Add(ref destination, input * groups), destinationPitch, groups, positions);
        }
    }
}
