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
    public EpochOrder(ImageDataset dataset, int batchSize, int seed, bool shuffle, bool dropLast)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (dropLast && dataset.Count < batchSize)
            throw new ArgumentException(
                $"A dataset of {dataset.Count} images has no full batch of {batchSize}; use smaller batches or keep the last one.", nameof(batchSize));
        LargestBatch = Math.Min(batchSize, dataset.Count);
        if ((long)LargestBatch * dataset.ImageLength > Array.MaxLength)
            throw new ArgumentException(
                $"A batch of {batchSize} images of {dataset.ImageLength} floats does not fit into an array; use smaller batches.", nameof(batchSize));
        BatchSize = batchSize;
        BatchCount = dropLast ? dataset.Count / batchSize : (int)(((long)dataset.Count + batchSize - 1) / batchSize);
        _order = new int[dataset.Count];
        _seed = seed;
        _shuffle = shuffle;
        StartEpoch(0);
    }

    public int BatchSize { get; }

    /// <summary>Images of the largest batch, which has fewer than <see cref="BatchSize"/> where the dataset has.</summary>
    public int LargestBatch { get; }

    public int BatchCount { get; }

    public int Epoch { get; private set; }

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
