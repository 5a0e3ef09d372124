using System.Numerics;

namespace Cnn.CompilerServices;

/// <summary>How the gradients of a batch's micro-batches are summed: pairwise, as a balanced tree over their numbers.</summary>
/// <remarks>
/// Each micro-batch writes its gradients behind the sums that wait for a partner, so that nothing is copied; where it completes a pair, the sum goes to the
/// left one. The waiting sums are the powers of two of the number of micro-batches so far, largest first; behind the last micro-batch they are added from
/// the smallest on. So the tree depends on the number of micro-batches alone.
/// </remarks>
internal static class GradientTree
{
    /// <summary>How many gradients lie in memory at once, at most.</summary>
    /// <param name="count">Micro-batches of a batch.</param>
    public static int Places(int count) => 1 + (count <= 1 ? 0 : BitOperations.Log2((uint)count));

    /// <summary>Where a micro-batch's gradients are written.</summary>
    /// <param name="index">Its number within the batch, from 0 on.</param>
    public static int PlaceOf(int index) => BitOperations.PopCount((uint)index);

    /// <summary>How many sums are made behind a micro-batch: each adds the last place to the one before it.</summary>
    /// <param name="index">Its number within the batch, from 0 on.</param>
    /// <param name="count">Micro-batches of the batch.</param>
    public static int SumsBehind(int index, int count) =>
        index == count - 1 ? PlaceOf(index) : BitOperations.TrailingZeroCount(~(uint)index);

    /// <summary>Makes the sums behind a micro-batch; the workers divide the parameters.</summary>
    /// <param name="worker">Who this is.</param>
    /// <param name="memory">Where the gradients are.</param>
    /// <param name="floats">The packed trainable parameters.</param>
    /// <param name="index">The micro-batch's number within the batch.</param>
    /// <param name="count">Micro-batches of the batch.</param>
    public static void Sum(in Worker worker, TrainerMemory memory, int floats, int index, int count)
    {
        worker.Range(floats / 16, out int from, out int to);
        for (int place = PlaceOf(index), sums = SumsBehind(index, count); sums > 0; sums--, place--)
        {
            ref float left = ref memory.At(memory.GradientsAt(place - 1) + (from * 16));
            ElementWise.Add(ref left, ref memory.At(memory.GradientsAt(place) + (from * 16)), ref left, (to - from) * 16);
        }
    }
}
