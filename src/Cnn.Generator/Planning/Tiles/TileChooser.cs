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
            if (!AreColumns(columns, kernel, width))
                continue;
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

    /// <summary>The tile of a whole line of the map with the fewest cycles, where taps along the line are summed apart; null where no line fits.</summary>
    /// <inheritdoc cref="Choose"/>
    public static Tile? ChooseLine(Contraction kernel, int width, Target target, out double best)
    {
        Tile? chosen = null;
        best = double.MaxValue;
        EquatableArray<RowAxis> rows = KernelText.Rows(kernel);
        for (int columns = 1; columns <= MostColumns; columns++)
        {
            Tile tile = new(columns, 1, rows[rows.Length - 1].Count);
            if (!AreColumns(columns, kernel, width) || !target.Holds(tile.Rows, columns))
                continue;
            double lines = rows[rows.Length - 2].Count;
            double cycles = Steps(kernel.Reduction.Take(kernel.PanelAxes)) * lines * OfLine(kernel, tile) / columns;
            if (cycles < best)
            {
                best = cycles;
                chosen = tile;
            }
        }

        return chosen;
    }

    /// <summary>Whether tiles of so many vectors fill the section.</summary>
    /// <remarks>Neighbouring vectors of a map that is repeated are no whole vectors apart.</remarks>
    private static bool AreColumns(int columns, Contraction kernel, int width) =>
        columns == 1 || (kernel.Repeats == 1 && width % (columns * Targets.Widest.Lanes) == 0);

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

    /// <summary>Cycles of one tile: its steps, and its sums come and go once.</summary>
    private static double OfTile(Contraction kernel, Tile tile, double steps) => (steps * OfStep(kernel, tile, tile.Rows)) + Setting(kernel, tile);

    /// <summary>Cycles of a line, at each tap of which some positions are summed.</summary>
    private static double OfLine(Contraction kernel, Tile tile)
    {
        LineTaps line = kernel.Line!;
        double share = kernel.OutermostTaps?.Share(KernelText.RowsOfTile(kernel, tile, 0)) ?? 1;
        double others = Steps(kernel.Reduction.Skip(kernel.PanelAxes)) / line.Taps.Taps * share;
        double steps = Enumerable.Range(0, line.Taps.Taps).Select(line.Positions).Where(static live => live.First < live.End)
            .Sum(live => OfStep(kernel, tile, live.End - live.First));
        return (others * steps) + Setting(kernel, tile);
    }

    private static double Setting(Contraction kernel, Tile tile) =>
        TileOverhead + (tile.Rows * tile.Columns) + (kernel.VectorOperand ? Elsewhere * tile.Rows : 0);

    /// <summary>Cycles of a step on some of a tile's rows: arithmetic, loads or latency, whichever is the most.</summary>
    private static double OfStep(Contraction kernel, Tile tile, int rows)
    {
        int columns = tile.Columns;
        double loads = kernel.VectorOperand ? (rows + 1) * columns : rows + columns;
        double busy = (double)Math.Max(rows * columns, loads) / ReferenceCore.MultiplyAddsOfCycle;
        double waits = (LoadShare * (kernel.VectorOperand ? columns : rows + columns)) + (DistanceShare * (tile.OuterRows - 1));
        return Math.Max(ReferenceCore.Latency, busy) + waits;
    }
}
