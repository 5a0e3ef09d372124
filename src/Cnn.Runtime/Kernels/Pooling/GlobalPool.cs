using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Pooling over all positions of one channels-last image.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GlobalPool
{
    /// <summary>y[c] = Σ_p x[p][c] / positions.</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="y">Output [pitch].</param>
    /// <param name="positions">Positions of the image, at least 1.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void AverageForward(ref float x, ref float y, nint positions, nint pitch)
        => WidthLadder.RunColumns(new ColumnSum(ref x, positions, pitch, positions, ref y), pitch);

    /// <summary>The positions of an image that a worker sums: blocks of <see cref="ColumnChains"/>.</summary>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="part">Which part of the work this is.</param>
    /// <param name="parts">Of how many.</param>
    /// <param name="from">The first position.</param>
    /// <param name="to">Behind the last one; the first, where there is none.</param>
    public static void SharePositions(int positions, int part, int parts, out int from, out int to)
    {
        int blocks = (int)ColumnChains.Blocks(positions);
        from = (int)ColumnChains.Block * (blocks * part / parts);
        to = int.Min(positions, (int)ColumnChains.Block * (blocks * (part + 1) / parts));
    }

    /// <summary>Adds neighbouring positions to the sums of their blocks, in the order of <see cref="AverageForward"/>. Calls must follow each other.</summary>
    /// <param name="x">[count][pitch].</param>
    /// <param name="chains">[4][pitch]; what is there between two calls of a worker must be left alone.</param>
    /// <param name="sums">[blocks][pitch]; those of blocks that end here are written.</param>
    /// <param name="first">The first of the positions.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="from">The first position that the worker sums: a block's first.</param>
    /// <param name="to">Behind the last position that it sums.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void AddPositions(ref float x, ref float chains, ref float sums, int first, int count, int from, int to, int pitch)
    {
        int end = int.Min(first + count, to);
        for (int position = int.Max(first, from), next; position < end; position = next)
        {
            int block = position / (int)ColumnChains.Block;
            int blockEnd = int.Min((block + 1) * (int)ColumnChains.Block, to);
            next = int.Min(end, blockEnd);
            ref float added = ref Unsafe.Add(ref x, (nint)(position - first) * pitch);
            ref float sum = ref Unsafe.Add(ref sums, (nint)block * pitch);
            int place = position % (int)ColumnChains.Block;
            WidthLadder.RunColumns(new ColumnChainAddition(ref added, next - position, pitch, ref chains, place, next == blockEnd, ref sum), pitch);
        }
    }

    /// <summary>y[c] = Σ_b sums[b][c] / positions.</summary>
    /// <param name="sums">[blocks][pitch], as <see cref="AddPositions"/> leaves them.</param>
    /// <param name="y">Output [pitch].</param>
    /// <param name="blocks">How many there are.</param>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void AverageOfBlocks(ref float sums, ref float y, nint blocks, nint positions, nint pitch)
        => WidthLadder.RunColumns(new BlockMean(ref sums, blocks, pitch, positions, ref y), pitch);

    /// <summary>dx[p][c] = dy[c] / positions.</summary>
    /// <param name="dy">Gradient of the output [pitch].</param>
    /// <param name="dx">Gradient of the input [positions][pitch], overwritten.</param>
    /// <param name="positions">Positions of the image, at least 1.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void AverageBackward(ref float dy, ref float dx, nint positions, nint pitch)
        => WidthLadder.RunColumns(new ChannelBroadcast(ref dy, positions, ref dx, positions, pitch), pitch);

    /// <summary>y[c] = max_p x[p][c]; NaN where one is NaN.</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="y">Output [pitch].</param>
    /// <param name="positions">Positions of the image, at least 1.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void MaxForward(ref float x, ref float y, nint positions, nint pitch)
        => WidthLadder.RunColumns(new ColumnMax(ref x, ref y, positions, pitch), pitch);

    /// <summary>dx[p][c] = dy[c] at the first position with the largest x, else 0.</summary>
    /// <param name="dy">Gradient of the output [pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="dx">Gradient of the input [positions][pitch], overwritten.</param>
    /// <param name="positions">Positions of the image, at least 1.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void MaxBackward(ref float dy, ref float x, ref float dx, nint positions, nint pitch)
        => WidthLadder.RunColumns(new ColumnMaxBackward(ref dy, ref x, ref dx, positions, pitch), pitch);
}
