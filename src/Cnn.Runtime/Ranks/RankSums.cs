using System.Numerics;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>What ranks compute together. Each result is the same on every rank, to the bit.</summary>
public static class RankSums
{
    /// <summary>Each number becomes its sum over the ranks, added in their order.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="values">This rank's summands; equally many on every rank.</param>
    public static void Sum(this IRanks ranks, Span<double> values) => SumInOrder(ranks, values);

    /// <inheritdoc cref="Sum(IRanks, Span{double})"/>
    public static void Sum(this IRanks ranks, Span<long> values) => SumInOrder(ranks, values);

    /// <inheritdoc cref="Sum(IRanks, Span{double})"/>
    public static void Sum(this IRanks ranks, Span<float> values) => SumInOrder(ranks, values);

    /// <summary>Whether every rank has the same numbers.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="values">This rank's; equally many on every rank.</param>
    public static bool Agree(this IRanks ranks, ReadOnlySpan<long> values)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        long[] all = new long[values.Length * ranks.Count];
        ranks.Collect(MemoryMarshal.AsBytes(values), MemoryMarshal.AsBytes(all.AsSpan()));
        for (int rank = 0; rank < ranks.Count; rank++)
        {
            if (!all.AsSpan(rank * values.Length, values.Length).SequenceEqual(values))
                return false;
        }

        return true;
    }

    /// <summary>Which images of a batch are this rank's: whole micro-batches, as evenly as they can be divided, in the order of the ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="images">The images of the batch, over all ranks.</param>
    /// <param name="microBatch">The images of a micro-batch.</param>
    /// <returns>Its first image, and how many; none where there are fewer micro-batches than ranks.</returns>
    public static (int First, int Count) ShareOf(this IRanks ranks, int images, int microBatch)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        return ShareOf(images, microBatch, ranks.Rank, ranks.Count);
    }

    /// <summary>Which images of a batch are a rank's.</summary>
    /// <param name="images">The images of the batch, over all ranks.</param>
    /// <param name="microBatch">The images of a micro-batch.</param>
    /// <param name="rank">Whose share, from 0 on.</param>
    /// <param name="count">Of how many.</param>
    /// <returns>Its first image, and how many.</returns>
    public static (int First, int Count) ShareOf(int images, int microBatch, int rank, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(microBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)rank, (uint)count, nameof(rank));
        long microBatches = ((long)images + microBatch - 1) / microBatch;
        long first = Math.Min(images, microBatches * rank / count * microBatch);
        long behind = Math.Min(images, microBatches * (rank + 1) / count * microBatch);
        return ((int)first, (int)(behind - first));
    }

    private static void SumInOrder<T>(IRanks ranks, Span<T> values)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(ranks);
        T[] all = new T[values.Length * ranks.Count];
        ranks.Collect(MemoryMarshal.AsBytes((ReadOnlySpan<T>)values), MemoryMarshal.AsBytes(all.AsSpan()));
        for (int index = 0; index < values.Length; index++)
        {
            T sum = all[index];
            for (int rank = 1; rank < ranks.Count; rank++)
                sum += all[(rank * values.Length) + index];
            values[index] = sum;
        }
    }
}
