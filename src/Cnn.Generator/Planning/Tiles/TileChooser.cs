using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Chooses the register tile of a lane section by counting cycles of the inner loop.</summary>
/// <remarks>
/// A step of the reduction does r * c multiply-adds and r + c loads for r rows and c vectors, two of each a cycle on the <see cref="ReferenceCore"/>, and can
/// be no shorter than the latency of a multiply-add.
/// </remarks>
public static class TileChooser
{
    private const int MostColumns = 8;

    /// <summary>Loads that find their data in the first-level cache cost nothing beside as many multiply-adds; some do not.</summary>
    private const double LoadShare = 0.04;

    /// <summary>
    /// What a step loses by each row of another line of the map than the first: neighbours in a line share cache lines and pages, and lines that are a power
    /// of two apart share a few sets of the cache.
    /// </summary>
    private const double DistanceShare = 0.02;

    /// <summary>
    /// Cycles in which the first of neighbouring vectors of a depthwise convolution's map comes; those behind it come along. Maps are larger than the
    /// first-level cache, and where positions are a power of two apart, its few sets that they fall into hold none for long.
    /// </summary>
    private const double Elsewhere = 2.25;

    /// <summary>A batch, where its size is known only when the network runs.</summary>
    public const double UsualImages = 64;

    /// <summary>Cycles to set a tile up, beside its steps.</summary>
    private const double TileOverhead = 10;

    /// <summary>The tile with the fewest cycles over all rows and lanes.</summary>
    /// <remarks>A depthwise kernel's rows are neighbours: those of several lines of the map read a cache line each, none of which follows another.</remarks>
    /// <param name="kernel">The contraction, cut into panels.</param>
    /// <param name="width">Lanes of the section: 8, or a multiple of 16.</param>
    /// <param name="target">In whose registers the accumulators live.</param>
    /// <param name="best">Its cycles.</param>
    public static Tile Choose(Contraction kernel, int width, Target target, out double best)
    {
        Tile chosen = new(1, 1, 1);
        best = double.MaxValue;
        EquatableArray<RowAxis> rows = KernelText.Rows(kernel);
        int outer = rows.Length > 1 ? rows[rows.Length - 2].Count : 1;
        int inner = rows.Length > 0 ? rows[rows.Length - 1].Count : 1;
        for (int columns = 1; columns <= MostColumns; columns++)
        {
            // Whole tiles of the widest vectors must fill the section.
            if (columns > 1 && width % (columns * Targets.Widest.Lanes) != 0)
                continue;
            // Neighbouring vectors of a map that is repeated are no whole vectors apart.
            if (columns > 1 && kernel.Repeats > 1)
                break;
            foreach (Tile tile in Tiles(columns, kernel.VectorOperand ? 1 : outer, inner, target))
            {
                if (kernel.RowsOnce && outer % tile.OuterRows != 0)
                    continue;
                double cycles = Cycles(tile, outer, inner, kernel) / columns;
                if (cycles < best)
                {
                    best = cycles;
                    chosen = tile;
                }
            }
        }

        return chosen;
    }

    private static IEnumerable<Tile> Tiles(int columns, int outerCount, int innerCount, Target target)
    {
        for (int inner = 1; target.Holds(inner, columns); inner++)
        {
            if (innerCount != Contraction.Images && inner > innerCount)
                break;
            for (int outer = 1; outer <= outerCount && target.Holds(inner * outer, columns); outer++)
                yield return new Tile(columns, outer, inner);
        }
    }

    /// <summary>Cycles of all rows for one column of tiles; for rows that are counted only when it runs, of one row.</summary>
    private static double Cycles(Tile tile, int outerCount, int innerCount, Contraction kernel)
    {
        double panels = Steps(kernel.Reduction.Take(kernel.PanelAxes));
        double steps = Steps(kernel.Reduction.Skip(kernel.PanelAxes)) * (kernel.OutermostTaps?.Share(KernelText.RowsOfTile(kernel, tile, 0)) ?? 1);
        if (innerCount == Contraction.Images)
            return panels * OfTile(kernel, tile with { OuterRows = 1 }, steps) / tile.InnerRows;
        double outerTiles = Math.Ceiling(outerCount / (double)tile.OuterRows);
        double cycles = innerCount / tile.InnerRows * OfTile(kernel, tile, steps);
        int rest = innerCount % tile.InnerRows;
        // Rows that are left either have a text of their own, which costs a little more than its cycles, or are part of a tile that overlaps.
        if (rest != 0)
            cycles += kernel.RowsOnce ? 1.05 * OfTile(kernel, tile with { InnerRows = rest }, steps) : OfTile(kernel, tile, steps);
        return panels * outerTiles * cycles;
    }

    private static double Steps(IEnumerable<ReductionAxis> axes) =>
        axes.Aggregate(1.0, static (product, axis) => product * (axis.Count == Contraction.Images ? UsualImages : Math.Max(1, axis.Count)));

    /// <summary>Cycles of one tile: arithmetic, loads or latency, whichever is the most, in each step; and its sums come and go once.</summary>
    private static double OfTile(Contraction kernel, Tile tile, double steps)
    {
        (int columns, int rows) = (tile.Columns, tile.Rows);
        double loads = kernel.VectorOperand ? (rows + 1) * columns : rows + columns;
        double busy = (double)Math.Max(rows * columns, loads) / ReferenceCore.MultiplyAddsOfCycle;
        double waits = (LoadShare * (kernel.VectorOperand ? columns : rows + columns)) + (DistanceShare * (tile.OuterRows - 1));
        double step = Math.Max(ReferenceCore.Latency, busy) + waits;
        return (steps * step) + TileOverhead + (rows * columns) + (kernel.VectorOperand ? Elsewhere * rows : 0);
    }
}
