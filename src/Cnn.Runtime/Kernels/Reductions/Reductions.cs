using System.ComponentModel;

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

    /// <summary>sums[c] = Σ_n partials[n][c], in the order of the images.</summary>
    /// <param name="partials">One row of sums for each image [images][pitch].</param>
    /// <param name="images">Images to sum over, 0 allowed.</param>
    /// <param name="pitch">Floats of one row, a multiple of 8.</param>
    /// <param name="sums">Output [pitch], overwritten.</param>
    public static void SumImages(ref float partials, nint images, nint pitch, ref float sums)
        => WidthLadder.RunColumns(new ImageSum(ref partials, images, pitch, ref sums), pitch);
}
