using System.Runtime.ExceptionServices;
using System.Runtime.Versioning;
using Cnn.CompilerServices;

namespace Cnn.Data;

/// <summary>Batches of any examples, which worker threads load, vary and normalise ahead of the trainer.</summary>
/// <remarks>
/// <code>
/// using var batches = new ExampleLoader(examples, new() { BatchSize = 64, Seed = 1 });
/// for (int epoch = 0; epoch &lt; 3; epoch++)
/// {
///     batches.StartEpoch(epoch);
///     while (batches.Next())
///         trainer.Step(batches.Batch.Inputs, batches.Batch.Targets);
/// }
/// </code>
/// Orders and images depend on the seed and the epoch's number alone: not on the number of workers, and not on what was loaded before. So training
/// can be resumed at any batch of any epoch. Nothing is allocated after construction, but for what a source allocates itself. A stream keeps its own order,
/// and is read by one thread. One thread at a time may use a loader.
/// </remarks>
public sealed class ExampleLoader : IDisposable
{
    private readonly IExampleSource _source;
    private readonly LoaderOptions _options;
    private readonly EpochOrder? _order;
    private readonly StreamReading? _stream;
    private readonly Slot[] _slots;
    private readonly Thread[] _workers;
    private readonly ImageVariation? _ownVariation;
    private readonly ExampleBatch _none;
    private readonly object _gate = new();
    private int _nextToFill;
    private int _nextToTake;
    private int _filling;
    private bool _isRunning;
    private bool _isDisposed;
    private ExceptionDispatchInfo? _failure;
    private Slot? _current;

    /// <summary>Starts the workers, on epoch 0.</summary>
    /// <param name="source">The examples; shared, not copied.</param>
    /// <param name="options">Batch size, seed, variation. Default: batches of 64 in a new order each epoch, not varied, one worker.</param>
    /// <exception cref="ArgumentException">An option does not fit the examples.</exception>
    public ExampleLoader(IExampleSource source, LoaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new LoaderOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Workers, nameof(options));
        ImageVariation.CheckFits(source, options, nameof(options));
        _source = source;
        _options = options;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parts, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)options.Part, (uint)options.Parts, nameof(options));
        BatchCount = EpochOrder.BatchesOf(source.Count, options.BatchSize, options.DropLast);
        LargestBatch = Math.Min(options.BatchSize, source.Count);
        if (source is IExampleStream stream)
            _stream = new StreamReading(stream);
        else
            _order = new EpochOrder(source.Count, options.BatchSize, options.Seed, options.Shuffle, options.DropLast);

        // One that the trainer reads, one that is ready, and one for each worker to fill.
        int workers = ThreadSupport.IsAvailable ? Math.Min(options.Workers, _stream is null ? int.MaxValue : 1) : 0;
        _slots = new Slot[workers == 0 ? 1 : 2 + workers];
        IExampleSource format = ImageVariation.FormatOf(source, options);
        for (int index = 0; index < _slots.Length; index++)
            _slots[index] = new Slot(new ExampleBatch(format, LargestBatch));
        _none = new ExampleBatch(format, capacity: 1);
        _ownVariation = workers == 0 ? new ImageVariation(source, options, LargestBatch) : null;
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
    public int BatchCount { get; }

    /// <summary>Examples of the largest batch: the batch size, or fewer where there are fewer.</summary>
    public int LargestBatch { get; }

    /// <summary>The epoch that was started last.</summary>
    public int Epoch { get; private set; }

    /// <summary>The current batch; empty before the first <see cref="Next"/>. Overwritten after the next one.</summary>
    public ExampleBatch Batch => _current is { } slot ? slot.Batch : _none;

    /// <summary>Examples of the current batch over all parts.</summary>
    public int WholeCount => _current is null ? 0 : CountOf(_nextToTake - 1);

    /// <summary>The numbers of the current batch's examples; empty for a stream.</summary>
    public ReadOnlySpan<int> Indices => _current is null || _order is null ? [] : PartOf(_order.Batch(_nextToTake - 1));

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
            Epoch = epoch;
            _order?.StartEpoch(epoch);
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
                Fill(slot, _nextToTake, _ownVariation!);
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
        _stream?.Dispose();
    }

    private int CountOf(int batch) => (int)Math.Min(_options.BatchSize, _source.Count - ((long)batch * _options.BatchSize));

    private ReadOnlySpan<int> PartOf(ReadOnlySpan<int> examples)
    {
        (int first, int count) = RankSums.ShareOf(examples.Length, _options.MicroBatch, _options.Part, _options.Parts);
        return examples.Slice(first, count);
    }

    private Slot SlotOf(int batch) => _slots[batch % _slots.Length];

    [UnsupportedOSPlatform("browser")]
    private void Work()
    {
        ImageVariation variation = new(_source, _options, LargestBatch);
        while (Claim() is { } batch)
        {
            Slot slot = SlotOf(batch);
            ExceptionDispatchInfo? failure = null;
            try
            {
                Fill(slot, batch, variation);
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

    private void Fill(Slot slot, int batch, ImageVariation variation)
    {
        if (_order is null)
        {
            (int before, int count) = RankSums.ShareOf(CountOf(batch), _options.MicroBatch, _options.Part, _options.Parts);
            long first = ((long)batch * _options.BatchSize) + before;
            slot.Batch.Count = count;
            _stream!.Fill(slot.Batch, Epoch, first);
            variation.Vary(slot.Batch, Epoch, first);
            return;
        }

        ReadOnlySpan<int> examples = PartOf(_order.Batch(batch));
        slot.Batch.Count = examples.Length;
        variation.Fill(slot.Batch, Epoch, examples);
    }

    private sealed class Slot(ExampleBatch batch)
    {
        public ExampleBatch Batch { get; } = batch;

        public SlotState State { get; set; }
    }
}
