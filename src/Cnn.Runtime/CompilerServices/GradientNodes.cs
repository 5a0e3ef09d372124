namespace Cnn.CompilerServices;

/// <summary>Nodes of a <see cref="GradientTree"/> that wait for their neighbours, in order, each in a place of its own, from place 0 on.</summary>
/// <param name="places">The most that wait at once.</param>
internal sealed class GradientNodes(int places)
{
    private readonly GradientNode[] _nodes = new GradientNode[places];

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    public GradientNode this[int place] => _nodes[place];

    public void Clear() => Count = 0;

    /// <summary>Adds a node behind the others, in the place behind theirs.</summary>
    /// <param name="node">The node.</param>
    /// <param name="count">Micro-batches of the batch.</param>
    /// <returns>How many sums are due: each adds the last place to the one before it, which then is the last.</returns>
    public int Add(GradientNode node, int count)
    {
        _nodes[Count++] = node;
        int sums = 0;
        while (Count > 1 && GradientTree.Joins(_nodes[Count - 2], _nodes[Count - 1], count))
        {
            Count--;
            _nodes[Count - 1] = _nodes[Count - 1] with { End = _nodes[Count].End };
            sums++;
        }

        return sums;
    }
}
