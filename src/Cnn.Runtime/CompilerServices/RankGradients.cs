namespace Cnn.CompilerServices;

/// <summary>Sums gradients over ranks: goes on with the tree where each rank's nodes end.</summary>
/// <remarks>
/// Each rank owns a part of the parameters. It receives that part of every node, joins them in the order of the tree, and gives the sum to all: with one node a
/// rank as much is sent as by a ring.
/// </remarks>
/// <param name="ranks">The ranks.</param>
/// <param name="precision">How gradients travel between them.</param>
/// <param name="floats">The packed trainable parameters.</param>
internal sealed class RankGradients(IRanks ranks, RankPrecision precision, int floats)
{
    private readonly int _part = ((floats + ranks.Count - 1) / ranks.Count + 15) / 16 * 16;
    private readonly RankWire _wire = new(ranks, precision);
    private readonly List<float[]> _received = [];
    private float[] _parts = [];

    /// <summary>What the nodes of this rank, each in its place, come to with those of the others; the sum is then in the first place.</summary>
    /// <param name="memory">The gradients.</param>
    /// <param name="division">The batch.</param>
    /// <param name="own">This rank's nodes.</param>
    public void Sum(TrainerMemory memory, BatchDivision division, GradientNodes own)
    {
        int length = _part * ranks.Count;
        if (_parts.Length == 0)
            _parts = new float[length];
        GradientNodes[] all = NodesOfAll(division);
        for (int place = 0; place < all.Max(static nodes => nodes.Count); place++)
        {
            Array.Clear(_parts);
            if (place < own.Count)
                memory.Slice(memory.GradientsAt(place), floats).CopyTo(_parts);
            if (_received.Count == place)
                _received.Add(new float[length]);
            _wire.Exchange(_parts, _received[place]);
        }

        ReadOnlySpan<float> sum = Join(all, division.AllMicroBatches);
        _wire.Collect(sum, _parts);
        _parts.AsSpan(0, floats).CopyTo(memory.Slice(memory.Gradients, floats));
    }

    /// <summary>What the ranks have gone through, as each of them finds it.</summary>
    private GradientNodes[] NodesOfAll(BatchDivision division)
    {
        GradientNodes[] all = new GradientNodes[ranks.Count];
        int first = 0;
        for (int rank = 0; rank < all.Length; rank++)
        {
            int count = division.MicroBatchesOf(rank);
            all[rank] = new GradientNodes(GradientTree.Places(count, isWhole: false));
            for (int index = first; index < first + count; index++)
                all[rank].Add(new GradientNode(index, index + 1), division.AllMicroBatches);
            first += count;
        }

        return all;
    }

    private Span<float> Join(GradientNodes[] all, int count)
    {
        GradientNodes joined = new(all.Sum(static nodes => nodes.Count));
        List<(int Place, int Rank)> waiting = [];
        for (int rank = 0; rank < all.Length; rank++)
        {
            for (int place = 0; place < all[rank].Count; place++)
            {
                waiting.Add((place, rank));
                for (int sums = joined.Add(all[rank][place], count); sums > 0; sums--)
                {
                    Span<float> left = PartOf(waiting[^2]);
                    ElementWise.Add(ref left[0], ref PartOf(waiting[^1])[0], ref left[0], _part);
                    waiting.RemoveAt(waiting.Count - 1);
                }
            }
        }

        return PartOf(waiting[0]);
    }

    private Span<float> PartOf((int Place, int Rank) node) => _received[node.Place].AsSpan(node.Rank * _part, _part);
}
