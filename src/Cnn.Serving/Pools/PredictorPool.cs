using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cnn.Serving.Requests;

namespace Cnn.Serving;

/// <summary>
/// Predictors of one network for any number of callers at once: requests wait in a queue of bounded length, and are computed alone or together.
/// </summary>
/// <typeparam name="TNetwork">The network, by which services tell pools apart.</typeparam>
/// <remarks>Every method may be called from any thread. Whether requests are computed together changes no bit of a result.</remarks>
public sealed class PredictorPool<TNetwork> : IDisposable, IAsyncDisposable
    where TNetwork : INetwork
{
    private readonly PredictorPoolOptions _options;
    private readonly RequestQueue _queue;
    private readonly PoolInstruments _instruments;
    private readonly Thread[] _workers;
    private int _isDisposed;

    /// <summary>Makes the predictors and starts their threads.</summary>
    /// <param name="create">Makes the first predictor, with the options that it is given: the others are its clones, and the pool disposes all of them.</param>
    /// <param name="options">Workers, waiting, batches; null for the defaults.</param>
    /// <param name="meters">Where the meter comes from; null makes one.</param>
    /// <exception cref="InvalidOperationException">The predictor takes fewer inputs at a time than the options say.</exception>
    public PredictorPool(Func<PredictorOptions, IPredictor> create, PredictorPoolOptions? options = null, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        _options = options ?? new PredictorPoolOptions();
        _options.Check();
        IPredictor[] predictors = new IPredictor[_options.WorkerCount];
        predictors[0] = create(new PredictorOptions { BatchSize = _options.BatchSize });
        if (predictors[0].BatchSize < _options.BatchSize)
        {
            int takes = predictors[0].BatchSize;
            predictors[0].Dispose();
            throw new InvalidOperationException(
                $"The predictor takes {CountFormat.Of(takes, "input")} at a time, and the pool's BatchSize is {_options.BatchSize}: "
                + "make it with the options that it is given.");
        }

        for (int i = 1; i < predictors.Length; i++)
            predictors[i] = predictors[0].Clone();
        InputLength = predictors[0].InputLength;
        OutputLength = predictors[0].OutputLength;
        _queue = new RequestQueue(_options.QueueLength);
        _instruments = new PoolInstruments(typeof(TNetwork).Name, meters, () => _queue.Count);
        _workers = new Thread[predictors.Length];
        for (int i = 0; i < predictors.Length; i++)
        {
            IPredictor predictor = predictors[i];
            _workers[i] = new Thread(() => Work(predictor)) { IsBackground = true, Name = $"{typeof(TNetwork).Name} predictor {i + 1}" };
            _workers[i].Start();
        }
    }

    /// <summary>Floats of one input.</summary>
    public int InputLength { get; }

    /// <summary>Floats of the outputs of one input.</summary>
    public int OutputLength { get; }

    /// <summary>Predictors that work at the same time.</summary>
    public int Workers => _workers.Length;

    /// <summary>Requests that wait for a predictor now.</summary>
    public int Waiting => _queue.Count;

    /// <summary>How many may wait.</summary>
    public int QueueLength => _options.QueueLength;

    /// <summary>Computes the outputs of one input.</summary>
    /// <param name="input">One input. It must not change until the task has ended.</param>
    /// <param name="output">Receives the outputs.</param>
    /// <param name="cancellation">Takes the request out of the queue; what is being computed already is finished first.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="PredictorPoolFullException">As many wait already as may.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled before it was computed.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed before the request was computed.</exception>
    public Task PredictAsync(ReadOnlyMemory<float> input, Memory<float> output, CancellationToken cancellation = default)
    {
        CheckLength(input.Length, InputLength, nameof(input));
        CheckLength(output.Length, OutputLength, nameof(output));
        if (cancellation.IsCancellationRequested)
        {
            _instruments.Count(PredictionOutcome.Cancelled);
            return Task.FromCanceled(cancellation);
        }

        PredictionRequest request = new(input, output);
        if (!_queue.TryAdd(request, this))
        {
            _instruments.Count(PredictionOutcome.Refused);
            return Task.FromException(new PredictorPoolFullException(_options.QueueLength));
        }

        return cancellation.CanBeCanceled ? Cancellable(request, cancellation) : request.Task;
    }

    /// <summary>The class of one input: the first index of the largest output.</summary>
    /// <inheritdoc cref="PredictAsync"/>
    public async Task<int> ClassifyAsync(ReadOnlyMemory<float> input, CancellationToken cancellation = default) =>
        (await TopAsync(input, 1, null, cancellation).ConfigureAwait(false))[0].Class;

    /// <summary>The most likely classes of one input, the most likely first.</summary>
    /// <param name="input">One input. It must not change until the task has ended.</param>
    /// <param name="count">How many are wanted, at least 1.</param>
    /// <param name="labels">What the classes are called, one for each output; null for their indices.</param>
    /// <param name="cancellation">Takes the request out of the queue.</param>
    /// <exception cref="ArgumentException">A length does not fit, or every output is NaN.</exception>
    /// <exception cref="PredictorPoolFullException">As many wait already as may.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled before it was computed.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed before the request was computed.</exception>
    public async Task<IReadOnlyList<ClassScore>> TopAsync(
        ReadOnlyMemory<float> input, int count, IReadOnlyList<string>? labels = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        float[] outputs = new float[OutputLength];
        await PredictAsync(input, outputs, cancellation).ConfigureAwait(false);
        IReadOnlyList<ClassScore> scores = ClassScore.Largest(outputs, count, labels);
        return scores.Count > 0
            ? scores
            : throw new ArgumentException("Every output is NaN, so there is no largest one: the input, or a parameter, is not a number.", nameof(input));
    }

    /// <summary>Takes no more requests; those that wait fail, and those that are being computed are finished first.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        foreach (PredictionRequest request in _queue.Close())
        {
            _instruments.Count(PredictionOutcome.Failed);
            request.TrySetException(new ObjectDisposedException(GetType().Name, "The pool was disposed before the request was computed."));
        }

        foreach (Thread worker in _workers)
            worker.Join();
        _instruments.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    private async Task Cancellable(PredictionRequest request, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(_ => Cancel(request, cancellation), null);
        await request.Task.ConfigureAwait(false);
    }

    private void Cancel(PredictionRequest request, CancellationToken cancellation)
    {
        if (!request.TryCancel())
            return;
        _queue.Remove(request);
        _instruments.Count(PredictionOutcome.Cancelled);
        request.TrySetCanceled(cancellation);
    }

    private static void CheckLength(int length, int expected, string name)
    {
        if (length != expected)
            throw new ArgumentException($"{name} has the length {length}, and the network's is {expected}.", name);
    }

    private void Work(IPredictor predictor)
    {
        using IPredictor own = predictor;
        PredictionRequest[] batch = new PredictionRequest[_options.BatchSize];
        bool isBatched = batch.Length > 1;
        float[] inputs = new float[isBatched ? checked(batch.Length * InputLength) : 0];
        float[] outputs = new float[isBatched ? checked(batch.Length * OutputLength) : 0];
        while (_queue.Take(batch, isBatched ? _options.BatchDelay : TimeSpan.Zero) is > 0 and int count)
        {
            long start = Stopwatch.GetTimestamp();
            Exception? failure = null;
            try
            {
                if (count == 1)
                    own.Predict(batch[0].Input.Span, batch[0].Output.Span);
                else
                    Together(own, batch.AsSpan(0, count), inputs, outputs);
            }
            catch (Exception exception)
            {
                // Whatever it is, it belongs to those who asked; the worker goes on with the next.
                failure = exception;
            }

            _instruments.Computed(count, Stopwatch.GetElapsedTime(start));
            for (int i = 0; i < count; i++)
            {
                End(batch[i], failure);
                batch[i] = null!;
            }
        }
    }

    private void Together(IPredictor predictor, ReadOnlySpan<PredictionRequest> batch, float[] inputs, float[] outputs)
    {
        for (int i = 0; i < batch.Length; i++)
            batch[i].Input.Span.CopyTo(inputs.AsSpan(i * InputLength));
        predictor.Predict(inputs.AsSpan(0, batch.Length * InputLength), outputs.AsSpan(0, batch.Length * OutputLength));
        for (int i = 0; i < batch.Length; i++)
            outputs.AsSpan(i * OutputLength, OutputLength).CopyTo(batch[i].Output.Span);
    }

    private void End(PredictionRequest request, Exception? failure)
    {
        _instruments.Count(failure is null ? PredictionOutcome.Ok : PredictionOutcome.Failed);
        _instruments.Answered(request.Age);
        if (failure is null)
            request.TrySetResult();
        else
            request.TrySetException(failure);
    }
}
