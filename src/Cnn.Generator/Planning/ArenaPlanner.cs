namespace Cnn.Generator.Planning;

/// <summary>Gives tensors offsets so that tensors that are never live at once share memory.</summary>
public static class ArenaPlanner
{
    /// <summary>A tensor's size and the first and last moment at which it is needed.</summary>
    public sealed record Interval(int Size, int First, int Last);

    /// <summary>How often an order is changed in search of a better one; most arenas have no hole at once, and the others after some dozens.</summary>
    private const int Attempts = 200;

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
        for (int attempt = 0; attempt < Attempts && total > live; attempt++)
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
        int most = 0;
        foreach (Interval moment in intervals)
            most = Math.Max(most, intervals.Where(other => other.First <= moment.First && moment.First <= other.Last).Sum(static other => other.Size));
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
        List<int> placed = [];
        total = 0;
        foreach (int index in order)
        {
            Interval interval = intervals[index];
            int offset = 0;
            foreach (int other in placed.Where(other => intervals[other].First <= interval.Last && interval.First <= intervals[other].Last).OrderBy(other => offsets[other]))
            {
                if (offset + interval.Size <= offsets[other])
                    break;
                offset = Math.Max(offset, offsets[other] + intervals[other].Size);
            }

            offsets[index] = offset;
            placed.Add(index);
            total = Math.Max(total, offset + interval.Size);
        }

        return offsets;
    }
}
