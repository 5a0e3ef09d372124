using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>Changes of layout. They move floats and never round, so every instruction set gives the same bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Packing
{
    /// <summary>destination[c][r] = source[r][c].</summary>
    /// <param name="source">[rows][sourceStride], of which the first <paramref name="columns"/> of each row are read.</param>
    /// <param name="sourceStride">Floats from one row of the source to the next, at least <paramref name="columns"/>.</param>
    /// <param name="destination">[columns][destinationStride], of which the first <paramref name="rows"/> of each row are written.</param>
    /// <param name="destinationStride">Floats from one row of the destination to the next, at least <paramref name="rows"/>.</param>
    /// <param name="rows">Rows of the source, any number.</param>
    /// <param name="columns">Columns of the source, any number.</param>
    public static void TransposeBlock(ref float source, nint sourceStride, ref float destination, nint destinationStride, nint rows, nint columns)
    {
        bool isRow = rows == 1 && destinationStride == 1;
        bool isColumn = columns == 1 && sourceStride == 1;
        if (isRow || isColumn)
            MemoryMarshal.CreateSpan(ref source, (int)(rows * columns)).CopyTo(MemoryMarshal.CreateSpan(ref destination, (int)(rows * columns)));
        else if (KernelSet.UseAvx2)
            Transpose256.Run(ref source, sourceStride, ref destination, destinationStride, rows, columns);
        else if (KernelSet.UseVector128 && Transpose128.IsFast)
            Transpose128.Run(ref source, sourceStride, ref destination, destinationStride, rows, columns);
        else
            TransposeScalar.Run(ref source, sourceStride, ref destination, destinationStride, rows, columns);
    }

    /// <summary>One image from planes (NCHW) to channels-last: destination[r][p][c] = source[c][r][p].</summary>
    /// <param name="source">[channels][rows][positionsPerRow].</param>
    /// <param name="destination">The first position of the first row, inside its border, which is not written; lanes behind the channels become zero.</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="positionsPerRow">Positions in a row: the width.</param>
    /// <param name="rows">Rows: the height, and the depth times the height of a volume without a border between its slices.</param>
    /// <param name="destinationPitch">Floats of one position of the destination: the channels, or a multiple of 8.</param>
    /// <param name="destinationRowStride">Floats from one row of the destination to the next.</param>
    /// <param name="part">Which part of the work this is: a part has some of the rows.</param>
    /// <param name="parts">Of how many.</param>
    public static void PlanarToChannelsLast(
        ref float source, ref float destination, int channels, nint positionsPerRow, nint rows, nint destinationPitch,
        nint destinationRowStride, int part, int parts)
    {
        (nint from, nint to) = (rows * part / parts, rows * (part + 1) / parts);
        nint plane = rows * positionsPerRow;
        // Rows that follow each other without a border are one long row.
        if (destinationRowStride == positionsPerRow * destinationPitch)
        {
            nint first = from * positionsPerRow;
            PositionsToChannelsLast(
                ref Unsafe.Add(ref source, first), plane, ref Unsafe.Add(ref destination, first * destinationPitch), channels,
                (to - from) * positionsPerRow, destinationPitch, ahead: 0);
            return;
        }

        if (KernelSet.UseAvx2 && PlaneTranspose256.Fits(channels, destinationPitch))
        {
            MapPlaces map = new(positionsPerRow, destinationPitch, destinationRowStride);
            PlaneTranspose256.Run(ref source, plane, ref destination, map, channels, from * positionsPerRow, to * positionsPerRow);
            return;
        }

        for (nint r = from; r < to; r++)
        {
            PositionsToChannelsLast(
                ref Unsafe.Add(ref source, r * positionsPerRow), plane, ref Unsafe.Add(ref destination, r * destinationRowStride), channels,
                positionsPerRow, destinationPitch, ahead: 0);
        }
    }

    /// <summary>Neighbouring positions from planes to channels-last: destination[p][c] = source[c][p].</summary>
    /// <param name="source">[channels][plane], from the first of the positions on.</param>
    /// <param name="plane">Floats from one channel to the next.</param>
    /// <param name="destination">[positions][destinationPitch]; lanes behind the channels become zero.</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="positions">How many positions.</param>
    /// <param name="destinationPitch">Floats of one position of the destination: the channels, or a multiple of 8.</param>
    /// <param name="ahead">Floats from these positions to those that are brought next, which are asked for; 0 for none.</param>
    public static void PositionsToChannelsLast(
        ref float source, nint plane, ref float destination, int channels, nint positions, nint destinationPitch, nint ahead)
    {
        if (positions > 1 && KernelSet.UseAvx2 && PlaneTranspose256.Fits(channels, destinationPitch))
        {
            PlaneTranspose256.Run(ref source, plane, ref destination, new MapPlaces(positions, destinationPitch, 0), channels, 0, positions, ahead);
            return;
        }

        TransposeBlock(ref source, plane, ref destination, destinationPitch, channels, positions);
        ClearLanes(ref destination, channels, positions, destinationPitch);
    }

    /// <summary>Zeros in the lanes behind the channels of neighbouring positions.</summary>
    internal static void ClearLanes(ref float destination, int channels, nint positions, nint pitch)
    {
        if (pitch == channels)
            return;
        for (nint p = 0; p < positions; p++)
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, (p * pitch) + channels), (int)pitch - channels).Clear();
    }

    /// <summary>One image from channels-last to planes (NCHW): destination[c][r][p] = source[r][p][c].</summary>
    /// <param name="source">The first position of the first row, inside its border.</param>
    /// <param name="destination">[channels][rows][positionsPerRow].</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="positionsPerRow">Positions in a row: the width.</param>
    /// <param name="rows">Rows: the height, and the depth times the height of a volume without a border between its slices.</param>
    /// <param name="sourcePitch">Floats of one position of the source.</param>
    /// <param name="sourceRowStride">Floats from one row of the source to the next.</param>
    public static void ChannelsLastToPlanar(
        ref float source, ref float destination, int channels, nint positionsPerRow, nint rows, nint sourcePitch, nint sourceRowStride)
    {
        if (sourceRowStride == positionsPerRow * sourcePitch)
        {
            TransposeBlock(ref source, sourcePitch, ref destination, rows * positionsPerRow, rows * positionsPerRow, channels);
            return;
        }
        for (nint r = 0; r < rows; r++)
        {
            TransposeBlock(
                ref Unsafe.Add(ref source, r * sourceRowStride),
                sourcePitch,
                ref Unsafe.Add(ref destination, r * positionsPerRow),
                rows * positionsPerRow,
                positionsPerRow,
                channels);
        }
    }
}
