namespace Cnn.Generator.Planning;

/// <summary>Gives tensors offsets so that tensors that are never live at once share memory.</summary>
public static class ArenaPlanner
{
    /// <summary>A tensor's size and the first and last moment at which it is needed.</summary>
    public sealed record Interval(int Size, int First, int Last);

    /// <summary>How often an order is changed in search of a better one; most arenas have no hole at once, and the others after some dozens.</summary>
    private const int Attempts = 200;

    /// <summary>Pairs of tensors to compare in all attempts together: of thousands of tensors there are fewer attempts, so that planning stays quick.</summary>
    private const long Comparisons = 20_000_000;

    /// <summary>
    /// Places tensors one after the other, each at the lowest offset that no tensor alive at the same time occupies, large ones or long-lived ones first (as
    /// Pisarchyk and Lee, arXiv 2001.03288). While that leaves holes, one tensor takes another turn, and the order is kept unless it is worse.
    /// </summary>
    /// <param name="intervals">The tensors.</param>
    /// <param name="total">The size of the arena.</param>
    /// <returns>The offset of each.</returns>
    public static int[] Place(IReadOnlyList<Interval> intervals, out int total)
    {
        List<int> order = Order(intervals, bySize: true);
        int[] offsets = PlaceInOrder(intervals, order, out total);
        List<int> other = Order(intervals, bySize: false);
        int live = Live(intervals);
        uint random = 1;
        long attempts = Math.Min(Attempts, Comparisons / Math.Max(1, (long)intervals.Count * intervals.Count));
        for (int attempt = 0; attempt < attempts && total > live; attempt++)
        {
            int[] candidate = PlaceInOrder(intervals, other, out int size);
            if (size <= total)
                (order, offsets, total) = (other, candidate, size);
            other = [.. order];
            int moved = other[Next(ref random, other.Count)];
            other.Remove(moved);
            other.Insert(Next(ref random, order.Count), moved);
        }

        return offsets;
    }

    /// <summary>The most floats that are live at one moment.</summary>
    public static int Live(IReadOnlyList<Interval> intervals)
    {
        Interval[] starts = [.. intervals.OrderBy(static interval => interval.First)];
        Interval[] ends = [.. intervals.OrderBy(static interval => interval.Last)];
        int live = 0;
        int most = 0;
        int ended = 0;
        foreach (Interval interval in starts)
        {
            for (; ends[ended].Last < interval.First; ended++)
                live -= ends[ended].Size;
            live += interval.Size;
            most = Math.Max(most, live);
        }

        return most;
    }

    private static List<int> Order(IReadOnlyList<Interval> intervals, bool bySize)
    {
        IEnumerable<int> indices = Enumerable.Range(0, intervals.Count);
        return bySize
            ? [.. indices.OrderByDescending(index => intervals[index].Size).ThenBy(index => intervals[index].First)]
            : [.. indices.OrderByDescending(index => intervals[index].Last - intervals[index].First).ThenByDescending(index => intervals[index].Size)];
    }

    /// <summary>A number from 0 to below <paramref name="count"/>, the same ones on every machine (constants of Numerical Recipes).</summary>
    private static int Next(ref uint random, int count)
    {
        random = unchecked((random * 1664525u) + 1013904223u);
        return (int)((random >> 8) % (uint)count);
    }

    private static int[] PlaceInOrder(IReadOnlyList<Interval> intervals, List<int> order, out int total)
    {
        int[] offsets = new int[intervals.Count];
        List<int> placed = new(intervals.Count);
        total = 0;
        foreach (int index in order)
        {
            Interval interval = intervals[index];
            int offset = 0;
            foreach (int other in placed)
            {
                if (intervals[other].First > interval.Last || interval.First > intervals[other].Last)
                    continue;
                if (offset + interval.Size <= offsets[other])
                    break;
                offset = Math.Max(offset, offsets[other] + intervals[other].Size);
            }

            offsets[index] = offset;
            Insert(placed, index, offsets);
            total = Math.Max(total, offset + interval.Size);
        }

        return offsets;
    }

    /// <summary>Keeps the list in the order of its offsets.</summary>
    private static void Insert(List<int> placed, int index, int[] offsets)
    {
        int low = 0;
        for (int high = placed.Count; low < high;)
        {
            int middle = (low + high) / 2;
            if (offsets[placed[middle]] <= offsets[index])
                low = middle + 1;
            else
                high = middle;
        }

        placed.Insert(low, index);
    }
}
