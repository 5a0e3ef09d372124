using System.Runtime.ExceptionServices;
using System.Runtime.Versioning;
using Cnn.CompilerServices;

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
    private readonly ImageDataset _dataset;
    private readonly LoaderOptions _options;
    private readonly EpochOrder _order;
    private readonly Slot[] _slots;
    private readonly Thread[] _workers;
    private readonly ImageAugmenter? _ownAugmenter;
    private readonly object _gate = new();
    private int _nextToFill;
    private int _nextToTake;
    private int _filling;
    private bool _isRunning;
    private bool _isDisposed;
    private ExceptionDispatchInfo? _failure;
    private Slot? _current;

    /// <summary>Starts the workers, on epoch 0.</summary>
    /// <param name="dataset">The images; shared, not copied.</param>
    /// <param name="options">Batch size, seed, variation. Default: batches of 64 in a new order each epoch, not varied, one worker.</param>
    /// <exception cref="ArgumentException">An option does not fit the dataset.</exception>
    public BatchLoader(ImageDataset dataset, LoaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= new LoaderOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Workers, nameof(options));
        options.Augmentation?.CheckFits(dataset, nameof(options));
        options.Normalization?.CheckFits(dataset, nameof(options));
        _dataset = dataset;
        _options = options;
        _order = new EpochOrder(dataset, options.BatchSize, options.Seed, options.Shuffle, options.DropLast);

        // One that the trainer reads, one that is ready, and one for each worker to fill.
        int workers = ThreadSupport.IsAvailable ? options.Workers : 0;
        _slots = new Slot[workers == 0 ? 1 : 2 + workers];
        for (int index = 0; index < _slots.Length; index++)
            _slots[index] = new Slot(new float[_order.LargestBatch * dataset.ImageLength], new int[_order.LargestBatch]);
        _ownAugmenter = workers == 0 ? NewAugmenter() : null;
        _workers = new Thread[workers];
        StartEpoch(0);
        for (int index = 0; ThreadSupport.IsAvailable && index < _workers.Length; index++)
        {
            _workers[index] = new Thread(Work) { IsBackground = true, Name = $"Cnn batch loader {index}" };
            _workers[index].Start();
        }
    }

    private enum SlotState
    {
        Free,
        Filling,
        Ready,
    }

    /// <summary>Batches of one epoch.</summary>
    public int BatchCount => _order.BatchCount;

    /// <summary>Images of the largest batch: the batch size, or fewer where the dataset has fewer.</summary>
    public int LargestBatch => _order.LargestBatch;

    /// <summary>The epoch that was started last.</summary>
    public int Epoch => _order.Epoch;

    /// <summary>The current batch's images, one after the other; empty before the first <see cref="Next"/>. Overwritten after the next one.</summary>
    public ReadOnlySpan<float> Inputs => _current is { } slot ? slot.Inputs.AsSpan(0, slot.Count * _dataset.ImageLength) : [];

    /// <summary>The current batch's classes.</summary>
    public ReadOnlySpan<int> Labels => _current is { } slot ? slot.Labels.AsSpan(0, slot.Count) : [];

    /// <summary>The current batch's positions in the dataset.</summary>
    public ReadOnlySpan<int> Indices => _current is null ? [] : _order.Batch(_nextToTake - 1);

    /// <summary>Starts an epoch; what was loaded ahead is dropped.</summary>
    /// <param name="epoch">From 0; also one that has been run before.</param>
    /// <param name="firstBatch">The batch that <see cref="Next"/> goes to first: 0 for a whole epoch, others to go on with one that was interrupted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative, or the first batch is not 0 to <see cref="BatchCount"/>.</exception>
    /// <exception cref="ObjectDisposedException">The loader is disposed.</exception>
    public void StartEpoch(int epoch, int firstBatch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstBatch, BatchCount);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _isRunning = false;
            while (ThreadSupport.IsAvailable && _filling > 0)
                Monitor.Wait(_gate);
            foreach (Slot slot in _slots)
                slot.State = SlotState.Free;
            _current = null;
            _failure = null;
            _nextToFill = firstBatch;
            _nextToTake = firstBatch;
            _order.StartEpoch(epoch);
            _isRunning = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Goes to the next batch, and waits for it where it is not ready yet.</summary>
    /// <returns>False after the epoch's last batch; then there is no current batch until an epoch is started.</returns>
    /// <exception cref="ObjectDisposedException">The loader is disposed.</exception>
    public bool Next()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_current is not null)
            {
                _current.State = SlotState.Free;
                _current = null;
                Monitor.PulseAll(_gate);
            }

            if (_nextToTake == BatchCount)
                return false;
            Slot slot = SlotOf(_nextToTake);
            if (_workers.Length == 0)
                Fill(slot, _nextToTake, _ownAugmenter);
            while (ThreadSupport.IsAvailable && _workers.Length > 0 && slot.State != SlotState.Ready && _failure is null)
                Monitor.Wait(_gate);
            _failure?.Throw();
            _nextToTake++;
            _current = slot;
            return true;
        }
    }

    /// <summary>Stops the workers.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _current = null;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread worker in _workers)
            worker.Join();
    }

    private Slot SlotOf(int batch) => _slots[batch % _slots.Length];

    private ImageAugmenter? NewAugmenter() => _options.Augmentation is { } augmentation
        ? new ImageAugmenter(augmentation, _options.Seed, _dataset.Shape[0], _dataset.Shape[1], _dataset.Shape[2])
        : null;

    [UnsupportedOSPlatform("browser")]
    private void Work()
    {
        ImageAugmenter? augmenter = NewAugmenter();
        while (Claim() is { } batch)
        {
            Slot slot = SlotOf(batch);
            ExceptionDispatchInfo? failure = null;
            try
            {
                Fill(slot, batch, augmenter);
            }
            catch (Exception exception)
            {
                // Thrown where the batch is asked for: on a thread of its own it would end the process.
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            lock (_gate)
            {
                slot.State = SlotState.Ready;
                _failure ??= failure;
                _filling--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The next batch that nobody has begun, as soon as there is room for it; null when the loader is disposed.</summary>
    [UnsupportedOSPlatform("browser")]
    private int? Claim()
    {
        lock (_gate)
        {
            while (!_isDisposed)
            {
                if (_isRunning && _nextToFill < BatchCount && SlotOf(_nextToFill).State == SlotState.Free)
                {
                    SlotOf(_nextToFill).State = SlotState.Filling;
                    _filling++;
                    return _nextToFill++;
                }

                Monitor.Wait(_gate);
            }

            return null;
        }
    }

    private void Fill(Slot slot, int batch, ImageAugmenter? augmenter)
    {
        ReadOnlySpan<int> images = _order.Batch(batch);
        int length = _dataset.ImageLength;
        for (int position = 0; position < images.Length; position++)
        {
            Span<float> image = slot.Inputs.AsSpan(position * length, length);
            _dataset.CopyImage(images[position], image);
            augmenter?.Apply(image, _order.Epoch, images[position]);
            slot.Labels[position] = _dataset.Labels[images[position]];
        }

        _options.Normalization?.Apply(slot.Inputs.AsSpan(0, images.Length * length), length);
        slot.Count = images.Length;
    }

    private sealed class Slot(float[] inputs, int[] labels)
    {
        public float[] Inputs { get; } = inputs;

        public int[] Labels { get; } = labels;

        public int Count { get; set; }

        public SlotState State { get; set; }
    }
}
