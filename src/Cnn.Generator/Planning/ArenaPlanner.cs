namespace Cnn.Generator.Planning;

/// <summary>Gives tensors offsets so that tensors that are never live at once share memory.</summary>
public static class ArenaPlanner
{
    /// <summary>A tensor's size and the first and last moment at which it is needed.</summary>
    public sealed record Interval(int Size, int First, int Last);

    /// <summary>How often an order is mended; most arenas are perfect at once, and the others after a few.</summary>
    private const int Attempts = 50;

    /// <summary>
    /// Places large tensors, or long-lived ones, first, each at the lowest offset that no tensor alive at the same time occupies (as Pisarchyk and Lee,
    /// arXiv 2001.03288). While that leaves holes, the tensor that lies on top goes first, and all are placed anew.
    /// </summary>
    /// <param name="intervals">The tensors.</param>
    /// <param name="total">The size of the arena.</param>
    /// <returns>The offset of each.</returns>
    public static int[] Place(IReadOnlyList<Interval> intervals, out int total)
    {
        int[] offsets = new int[intervals.Count];
        total = int.MaxValue;
        int live = Live(intervals);
        // Which order is best depends on the network; both are cheap to try.
        foreach (bool bySize in (bool[])[true, false])
        {
            List<int> order = Order(intervals, bySize);
            for (int attempt = 0; attempt < Attempts && total > live; attempt++)
            {
                int[] candidate = PlaceInOrder(intervals, order, out int size);
                if (size < total)
                {
                    total = size;
                    offsets = candidate;
                }

                int top = order.Find(index => candidate[index] + intervals[index].Size == size);
                order.Remove(top);
                order.Insert(0, top);
            }
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
