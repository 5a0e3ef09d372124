namespace Cnn.Data;

/// <summary>Goes through a dataset in mini-batches, in an order of its own each epoch.</summary>
/// <remarks>
/// <code>
/// var batches = new MiniBatches(dataset, batchSize: 64, seed: 1);
/// for (int epoch = 0; epoch &lt; 3; epoch++)
/// {
///     batches.StartEpoch(epoch);
///     while (batches.Next())
///         trainer.Step(batches.Inputs, batches.Labels);
/// }
/// </code>
/// The order of an epoch depends on the seed and the epoch's number alone, so that training can be resumed at any epoch: Fisher and Yates'
/// method on SplitMix64. Nothing is allocated after construction. One thread at a time.
/// </remarks>
public sealed class MiniBatches
{
    private readonly ImageDataset _dataset;
    private readonly EpochOrder _order;
    private readonly float[] _inputs;
    private readonly int[] _labels;
    private int _next;
    private int _size;

    /// <summary>Prepares epoch 0.</summary>
    /// <param name="dataset">The images; shared, not copied.</param>
    /// <param name="batchSize">Images a batch, at least 1.</param>
    /// <param name="seed">The same seed gives the same orders.</param>
    /// <param name="shuffle">False keeps the dataset's order, as for evaluation. Default true.</param>
    /// <param name="dropLast">Whether a last batch that is not full is left out. Default false.</param>
    /// <exception cref="ArgumentException">
    /// The batch size is below 1, or no batch is left because the dataset is smaller than one and partial ones are dropped.
    /// </exception>
    public MiniBatches(ImageDataset dataset, int batchSize, int seed = 0, bool shuffle = true, bool dropLast = false)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        _order = new EpochOrder(dataset.Count, batchSize, seed, shuffle, dropLast);
        if ((long)_order.LargestBatch * dataset.ImageLength > Array.MaxLength)
            throw new ArgumentException(
                $"A batch of {batchSize} images of {dataset.ImageLength} floats does not fit into an array; use smaller batches.", nameof(batchSize));
        _dataset = dataset;
        Seed = seed;
        IsShuffled = shuffle;
        DropsLast = dropLast;
        _inputs = new float[_order.LargestBatch * dataset.ImageLength];
        _labels = new int[_order.LargestBatch];
    }

    /// <summary>Images of a full batch.</summary>
    public int BatchSize => _order.BatchSize;

    /// <summary>What the orders are drawn from.</summary>
    public int Seed { get; }

    /// <summary>Whether each epoch has an order of its own.</summary>
    public bool IsShuffled { get; }

    /// <summary>Whether a last batch that is not full is left out.</summary>
    public bool DropsLast { get; }

    /// <summary>Batches of one epoch.</summary>
    public int BatchCount => _order.BatchCount;

    /// <summary>The epoch that was started last.</summary>
    public int Epoch => _order.Epoch;

    /// <summary>The current batch's images, one after the other; empty before the first <see cref="Next"/>. Overwritten by the next one.</summary>
    public ReadOnlySpan<float> Inputs => _inputs.AsSpan(0, _size * _dataset.ImageLength);

    /// <summary>The current batch's classes.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, _size);

    /// <summary>The current batch's positions in the dataset.</summary>
    public ReadOnlySpan<int> Indices => _size == 0 ? [] : _order.Batch(_next - 1);

    /// <summary>Starts an epoch from its first batch.</summary>
    /// <param name="epoch">From 0; also one that has been run before.</param>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative.</exception>
    public void StartEpoch(int epoch)
    {
        _order.StartEpoch(epoch);
        _next = 0;
        _size = 0;
    }

    /// <summary>Goes to the next batch.</summary>
    /// <returns>False after the epoch's last batch; then there is no current batch until an epoch is started.</returns>
    public bool Next()
    {
        if (_next == BatchCount)
        {
            _size = 0;
            return false;
        }

        ReadOnlySpan<int> images = _order.Batch(_next++);
        _size = images.Length;
        int length = _dataset.ImageLength;
        for (int position = 0; position < _size; position++)
        {
            _dataset.CopyImage(images[position], _inputs.AsSpan(position * length, length));
            _labels[position] = _dataset.Labels[images[position]];
        }

        return true;
    }
}
