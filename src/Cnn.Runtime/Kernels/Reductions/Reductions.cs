using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Sums whose order is fixed, so that they do not depend on instruction set or thread count.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Reductions
{
    /// <summary>sums[c] = Σ_p x[p][c].</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="positions">Positions to sum over, 0 allowed.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="sums">Output [pitch], overwritten.</param>
    public static void ColumnSums(ref float x, nint positions, nint pitch, ref float sums)
        => WidthLadder.RunColumns(new ColumnSum(ref x, positions, pitch, 1f, ref sums), pitch);

    /// <summary>y[i] = Σ_g sums[g][i], pairwise, over some parts of a row. The sums are overwritten.</summary>
    /// <param name="sums">A row for each group [groups][pitch].</param>
    /// <param name="images">Images of the pass: where these are fewer than groups, only so many rows count.</param>
    /// <param name="groups">Groups of the layer.</param>
    /// <param name="pitch">Floats from one row to the next.</param>
    /// <param name="y">Output, overwritten.</param>
    /// <param name="length">Floats of a row, a multiple of 8.</param>
    /// <param name="part">Floats of a part, a multiple of 8; the last may have fewer.</param>
    /// <param name="from">The first part.</param>
    /// <param name="to">The part behind the last.</param>
    public static void SumGroups(ref float sums, int images, int groups, nint pitch, ref float y, nint length, nint part, nint from, nint to)
    {
        nint start = from * part;
        nint floats = nint.Min(length, to * part) - start;
        WidthLadder.RunColumns(
            new GroupSum(ref Unsafe.Add(ref sums, start), Math.Min(images, groups), pitch, ref Unsafe.Add(ref y, start)), floats);
    }

    /// <summary>sums[c] = Σ_n partials[n][c], in the order of the images.</summary>
    /// <param name="partials">One row of sums for each image [images][pitch].</param>
    /// <param name="images">Images to sum over, 0 allowed.</param>
    /// <param name="pitch">Floats of one row, a multiple of 8.</param>
    /// <param name="sums">Output [pitch], overwritten.</param>
    public static void SumImages(ref float partials, nint images, nint pitch, ref float sums)
        => WidthLadder.RunColumns(new ImageSum(ref partials, images, pitch, ref sums), pitch);
}
