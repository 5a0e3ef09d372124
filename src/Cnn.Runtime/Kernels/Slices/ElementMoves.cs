using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Elements that go to other places, along two axes. They are moved and never rounded, so every instruction set gives the same bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ElementMoves
{
    /// <summary>y[r][c] = x[r][c], each with distances of its own.</summary>
    /// <remarks>
    /// Where columns are contiguous in both, rows are copied. Where rows are contiguous in x and columns in y, blocks are transposed. All other
    /// distances, negative ones among them, go float by float.
    /// </remarks>
    /// <param name="x">The first element in the source.</param>
    /// <param name="xRow">Floats from one row of x to the next.</param>
    /// <param name="xColumn">Floats from one column of x to the next.</param>
    /// <param name="y">The first element in the target; may not overlap <paramref name="x"/>.</param>
    /// <param name="yRow">Floats from one row of y to the next.</param>
    /// <param name="yColumn">Floats from one column of y to the next.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <param name="part">Which part of the work this is: a part has some of the rows.</param>
    /// <param name="parts">Of how many.</param>
    public static void Move(
        ref float x, nint xRow, nint xColumn, ref float y, nint yRow, nint yColumn, nint rows, nint columns, int part, int parts)
    {
        (nint from, nint to) = (rows * part / parts, rows * (part + 1) / parts);
        x = ref Unsafe.Add(ref x, from * xRow);
        y = ref Unsafe.Add(ref y, from * yRow);
        rows = to - from;
        if (rows == 0)
            return;
        if (xColumn == 1 && yColumn == 1)
            ChannelSlices.Copy(ref x, xRow, ref y, yRow, rows, columns, 0);
        else if (xRow == 1 && yColumn == 1)
            Packing.TransposeBlock(ref x, xColumn, ref y, yRow, columns, rows);
        else
            MoveEach(ref x, xRow, xColumn, ref y, yRow, yColumn, rows, columns);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void MoveEach(ref float x, nint xRow, nint xColumn, ref float y, nint yRow, nint yColumn, nint rows, nint columns)
    {
        for (nint r = 0; r < rows; r++)
        {
            ref float from = ref Unsafe.Add(ref x, r * xRow);
            ref float to = ref Unsafe.Add(ref y, r * yRow);
            for (nint c = 0; c < columns; c++)
                Unsafe.Add(ref to, c * yColumn) = Unsafe.Add(ref from, c * xColumn);
        }
    }
}
