using System.Numerics;

namespace Cnn.CompilerServices;

/// <summary>How the gradients of a batch's micro-batches are summed: pairwise, as a balanced tree over their numbers.</summary>
/// <remarks>
/// A node is a run of micro-batches: a power of two of them that begins at a multiple of its length, or the rest up to the last one. It is joined with the node
/// before it where the two are the halves of a larger one. So the tree depends on the number of micro-batches alone, and who comes upon its nodes, one machine
/// or several, only decides where the additions are made.
/// </remarks>
internal static class GradientTree
{
    /// <summary>How many nodes wait at once, at most, where a run of micro-batches is gone through.</summary>
    /// <param name="count">Micro-batches of the run.</param>
    /// <param name="isWhole">Whether it is the whole batch.</param>
    public static int Places(int count, bool isWhole)
    {
        int depth = BitOperations.Log2((uint)Math.Max(1, count));
        return isWhole ? 1 + depth : Math.Min(Math.Max(1, count), 1 + (2 * depth));
    }

    /// <summary>Whether two neighbours are the halves of a node.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The one behind it.</param>
    /// <param name="count">Micro-batches of the batch.</param>
    public static bool Joins(GradientNode left, GradientNode right, int count)
    {
        int length = right.End == count ? right.Start & -right.Start : right.End - right.Start;
        return (right.Start & length) != 0 && left.Start == right.Start - length;
    }
}
