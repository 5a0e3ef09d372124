namespace Cnn.Data;

/// <summary>Which images make up which batch of an epoch.</summary>
internal sealed class EpochOrder
{
    private readonly int[] _order;
    private readonly int _seed;
    private readonly bool _shuffle;

    /// <exception cref="ArgumentException">
    /// The batch size is below 1, or no batch is left because the dataset is smaller than one and partial ones are dropped.
    /// </exception>
    public EpochOrder(int count, int batchSize, int seed, bool shuffle, bool dropLast)
    {
        BatchCount = BatchesOf(count, batchSize, dropLast);
        LargestBatch = Math.Min(batchSize, count);
        BatchSize = batchSize;
        _order = new int[count];
        _seed = seed;
        _shuffle = shuffle;
        StartEpoch(0);
    }

    public int BatchSize { get; }

    /// <summary>Images of the largest batch, which has fewer than <see cref="BatchSize"/> where the dataset has.</summary>
    public int LargestBatch { get; }

    public int BatchCount { get; }

    public int Epoch { get; private set; }

    /// <summary>Batches of an epoch.</summary>
    public static int BatchesOf(int count, int batchSize, bool dropLast)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (dropLast && count < batchSize)
            throw new ArgumentException(
                $"A dataset of {count} images has no full batch of {batchSize}; use smaller batches or keep the last one.", nameof(batchSize));
        return dropLast ? count / batchSize : (int)(((long)count + batchSize - 1) / batchSize);
    }

    /// <summary>The images of one batch, as positions in the dataset.</summary>
    public ReadOnlySpan<int> Batch(int index)
    {
        int start = index * BatchSize;
        return _order.AsSpan(start, Math.Min(BatchSize, _order.Length - start));
    }

    public void StartEpoch(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        Epoch = epoch;
        if (_shuffle)
        {
            Permutation.Fill(_order, _seed, epoch);
            return;
        }

        for (int index = 0; index < _order.Length; index++)
            _order[index] = index;
    }
}
