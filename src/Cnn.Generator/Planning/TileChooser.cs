using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Chooses the register tiles of a lane block by counting cycles of the inner loop.</summary>
/// <remarks>
/// A tile of r rows and v vectors does r * v multiply-adds from r + v loads. It must have enough independent chains to hide the latency of a multiply-add
/// (4 cycles at 2 a cycle; 1 a cycle for 512 bits), and its accumulators, its v vectors and one broadcast must fit the registers.
/// </remarks>
public static class TileChooser
{
    private const double Latency = 4;

    /// <summary>Tiles that cover <paramref name="width"/> lanes with the fewest cycles over all rows.</summary>
    /// <param name="set">The instruction set.</param>
    /// <param name="width">Lanes of the block, a multiple of 8.</param>
    /// <param name="outerCount">Length of the last row axis but one; 1 if there is none.</param>
    /// <param name="innerCount">Length of the last row axis; <see cref="Contraction.Images"/> if unknown.</param>
    /// <param name="exact">Whether tiles may not overlap, because the kernel accumulates.</param>
    public static EquatableArray<TileSpan> Choose(KernelSetKind set, int width, int outerCount, int innerCount, bool exact)
    {
        double best = double.MaxValue;
        List<TileSpan> chosen = [];
        foreach (List<(EquatableArray<int> Columns, int Repeat)> split in Splits(set, width))
        {
            double cycles = 0;
            int lane = 0;
            List<TileSpan> spans = [];
            foreach ((EquatableArray<int> columns, int repeat) in split)
            {
                Tile tile = BestRows(set, columns, outerCount, innerCount, exact, out double cost);
                cycles += cost * repeat;
                spans.Add(new TileSpan(lane, repeat, tile));
                lane += tile.Lanes * repeat;
            }

            // A second text costs instruction cache and reading; it must win by more than noise.
            cycles *= 1 + (0.03 * (spans.Count - 1));
            if (cycles < best)
            {
                best = cycles;
                chosen = spans;
            }
        }

        return chosen.ToEquatableArray();
    }

    /// <summary>The widest vectors of a set, in lanes.</summary>
    public static int VectorLanes(KernelSetKind set) => set switch
    {
        KernelSetKind.Avx512 => 16,
        KernelSetKind.Avx2 => 8,
        KernelSetKind.Neon => 4,
        _ => 1,
    };

    private static IEnumerable<List<(EquatableArray<int> Columns, int Repeat)>> Splits(KernelSetKind set, int width)
    {
        int lanes = VectorLanes(set);
        if (set == KernelSetKind.Scalar)
        {
            yield return [(Same(1, 4), width / 4)];
            yield break;
        }

        int vectors = width / lanes;
        int half = width % lanes;
        int most = Math.Min(4, Math.Max(1, vectors));
        for (int per = 1; per <= most; per++)
        {
            int whole = vectors / per;
            int rest = vectors % per;
            List<(EquatableArray<int>, int)> split = [];
            if (whole > 0)
                split.Add((Same(lanes, per), whole));
            if (rest > 0 || half > 0)
                split.Add((Mixed(lanes, rest, half), 1));
            yield return split;

            // The narrow vector may also ride on the last whole tile.
            if (half > 0 && rest == 0 && whole > 0)
            {
                List<(EquatableArray<int>, int)> riding = [];
                if (whole > 1)
                    riding.Add((Same(lanes, per), whole - 1));
                riding.Add((Mixed(lanes, per, half), 1));
                yield return riding;
            }
        }
    }

    private static EquatableArray<int> Same(int lanes, int count) => Enumerable.Repeat(lanes, count).ToEquatableArray();

    private static EquatableArray<int> Mixed(int lanes, int count, int half)
    {
        List<int> columns = [.. Enumerable.Repeat(lanes, count)];
        if (half > 0)
            columns.Add(half);
        return columns.ToEquatableArray();
    }

    private static int MostRows(KernelSetKind set, int columns) => set switch
    {
        KernelSetKind.Avx512 => Math.Min(28, (31 - columns) / columns),
        KernelSetKind.Avx2 => Math.Min(12, (15 - columns) / columns),
        KernelSetKind.Neon => Math.Min(12, 24 / columns),
        _ => 2,
    };

    private static Tile BestRows(KernelSetKind set, EquatableArray<int> columns, int outerCount, int innerCount, bool exact, out double best)
    {
        int most = MostRows(set, columns.Length);
        if (innerCount == Contraction.Images)
        {
            // The batch is often a power of two: rows that divide 64 leave nothing over.
            int rows = 1;
            foreach (int candidate in (int[])[2, 4, 8, 16])
            {
                if (candidate <= most)
                    rows = candidate;
            }

            rows = most >= rows * 1.5 ? most : rows;
            best = Cycles(set, columns, rows) / rows;
            return new Tile { Columns = columns, OuterRows = 1, InnerRows = rows };
        }

        Tile chosen = new() { Columns = columns, OuterRows = 1, InnerRows = 1 };
        best = double.MaxValue;
        for (int inner = 1; inner <= Math.Min(most, innerCount); inner++)
        {
            for (int outer = 1; outer <= Math.Min(most / inner, outerCount); outer++)
            {
                if (exact && outerCount % outer != 0)
                    continue;
                double outerTiles = Math.Ceiling(outerCount / (double)outer);
                double cycles = outerTiles * (innerCount / inner) * Cycles(set, columns, outer * inner);
                int rest = innerCount % inner;
                if (rest != 0)
                    cycles += outerTiles * (exact ? 1.05 * Cycles(set, columns, outer * rest) : Cycles(set, columns, outer * inner));
                if (cycles < best)
                {
                    best = cycles;
                    chosen = new Tile { Columns = columns, OuterRows = outer, InnerRows = inner };
                }
            }
        }

        return chosen;
    }

    /// <summary>Cycles of one step of the reduction: arithmetic, loads or latency, whichever is the most.</summary>
    private static double Cycles(KernelSetKind set, EquatableArray<int> columns, int rows)
    {
        double vectors = 0;
        foreach (int lanes in columns)
            vectors += lanes > 8 ? 1 : 0.5;
        if (set == KernelSetKind.Avx512)
            return Math.Max(Latency, Math.Max(rows * vectors, (0.5 * rows) + vectors));
        return Math.Max(Latency, 0.5 * Math.Max(rows * columns.Length, rows + columns.Length));
    }
}
