namespace Cnn.Data;

/// <summary>Mini-batches that worker threads load, vary and normalise ahead of the trainer.</summary>
/// <remarks>
/// <code>
/// using var batches = new BatchLoader(dataset, new() { BatchSize = 64, Seed = 1, Augmentation = new() { Shift = 2 } });
/// for (int epoch = 0; epoch &lt; 3; epoch++)
/// {
///     batches.StartEpoch(epoch);
///     while (batches.Next())
///         trainer.Step(batches.Inputs, batches.Labels);
/// }
/// </code>
/// Orders and images depend on the seed and the epoch's number alone: not on the number of workers, and not on what was loaded before. So training
/// can be resumed at any batch of any epoch. Nothing is allocated after construction. One thread at a time may use a loader.
/// </remarks>
public sealed class BatchLoader : IDisposable
{
    private readonly ExampleLoader _loader;

    /// <summary>Starts the workers, on epoch 0.</summary>
    /// <param name="dataset">The images; shared, not copied.</param>
    /// <param name="options">Batch size, seed, variation. Default: batches of 64 in a new order each epoch, not varied, one worker.</param>
    /// <exception cref="ArgumentException">An option does not fit the dataset.</exception>
    public BatchLoader(ImageDataset dataset, LoaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        _loader = new ExampleLoader(dataset, options);
    }

    /// <summary>Batches of one epoch.</summary>
    public int BatchCount => _loader.BatchCount;

    /// <summary>Images of the largest batch: the batch size, or fewer where the dataset has fewer.</summary>
    public int LargestBatch => _loader.LargestBatch;

    /// <summary>The epoch that was started last.</summary>
    public int Epoch => _loader.Epoch;

    /// <summary>The current batch's images, one after the other; empty before the first <see cref="Next"/>. Overwritten after the next one.</summary>
    public ReadOnlySpan<float> Inputs => _loader.Batch.Inputs;

    /// <summary>The current batch's classes.</summary>
    public ReadOnlySpan<int> Labels => _loader.Batch.Labels();

    /// <summary>The current batch's positions in the dataset.</summary>
    public ReadOnlySpan<int> Indices => _loader.Indices;

    /// <inheritdoc cref="ExampleLoader.StartEpoch"/>
    public void StartEpoch(int epoch, int firstBatch = 0) => _loader.StartEpoch(epoch, firstBatch);

    /// <inheritdoc cref="ExampleLoader.Next"/>
    public bool Next() => _loader.Next();

    /// <summary>Stops the workers.</summary>
    public void Dispose() => _loader.Dispose();
}
