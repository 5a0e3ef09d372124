namespace Cnn.Generator.Planning;

/// <summary>Chooses the register tile of a lane section by counting cycles of the inner loop.</summary>
/// <remarks>
/// One tile serves all instruction sets, so that they share one text. It is made for 16 registers: r rows times c vectors are at most 12 accumulators,
/// beside c vectors of weights and a broadcast. Those are also enough independent chains to hide the latency of a multiply-add (4 cycles) on cores with
/// two 512-bit or two 256-bit units. A step of the reduction does r * c multiply-adds and r + c loads, two of each a cycle.
/// </remarks>
public static class TileChooser
{
    private const double Latency = 4;
    private const int Accumulators = 12;
    private const int MostColumns = 4;

    /// <summary>The tile with the fewest cycles over all rows and lanes.</summary>
    /// <param name="width">Lanes of the section: 8, or a multiple of 16.</param>
    /// <param name="outerCount">Length of the last row axis but one; 1 if there is none.</param>
    /// <param name="innerCount">Length of the last row axis; <see cref="Contraction.Images"/> if unknown.</param>
    /// <param name="exact">Whether tiles may not overlap, because the kernel accumulates.</param>
    public static Tile Choose(int width, int outerCount, int innerCount, bool exact)
    {
        Tile chosen = new(1, 1, 1);
        double best = double.MaxValue;
        for (int columns = 1; columns <= MostColumns; columns++)
        {
            // The widest vectors have 16 lanes, and whole tiles of them must fill the section.
            if (columns > 1 && width % (columns * 16) != 0)
                continue;
            Tile tile = BestRows(columns, outerCount, innerCount, exact, out double cycles);
            cycles /= columns;
            if (cycles < best)
            {
                best = cycles;
                chosen = tile;
            }
        }

        return chosen;
    }

    private static Tile BestRows(int columns, int outerCount, int innerCount, bool exact, out double best)
    {
        int most = Accumulators / columns;
        if (innerCount == Contraction.Images)
        {
            best = Cycles(columns, most) / most;
            return new Tile(columns, 1, most);
        }

        Tile chosen = new(columns, 1, 1);
        best = double.MaxValue;
        for (int inner = 1; inner <= Math.Min(most, innerCount); inner++)
        {
            for (int outer = 1; outer <= Math.Min(most / inner, outerCount); outer++)
            {
                if (exact && outerCount % outer != 0)
                    continue;
                double outerTiles = Math.Ceiling(outerCount / (double)outer);
                double cycles = outerTiles * (innerCount / inner) * Cycles(columns, outer * inner);
                int rest = innerCount % inner;
                // A rest of its own is a second text, which costs a little more than its cycles.
                if (rest != 0)
                    cycles += outerTiles * (exact ? 1.05 * Cycles(columns, outer * rest) : Cycles(columns, outer * inner));
                if (cycles < best)
                {
                    best = cycles;
                    chosen = new Tile(columns, outer, inner);
                }
            }
        }

        return chosen;
    }

    /// <summary>Cycles of one step of the reduction: arithmetic, loads or latency, whichever is the most.</summary>
    private static double Cycles(int columns, int rows) => Math.Max(Latency, 0.5 * Math.Max(rows * columns, rows + columns));
}
