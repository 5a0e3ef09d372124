using System.Diagnostics;
using Cnn.Data;

namespace Cnn.Training;

/// <summary>One training, from its start or from a checkpoint.</summary>
internal sealed class FitRun : IDisposable
{
    // As often as an eye follows; more would cost time.
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    private readonly INetwork _network;
    private readonly int _images;
    private readonly ImageDataset? _validation;
    private readonly FitOptions _options;
    private readonly IProgress<FitProgress>? _progress;
    private readonly BatchLoader _batches;
    private readonly ITrainer _trainer;
    private readonly Updates _updates;
    private readonly AveragedWeights? _average;
    private readonly BestEpochs _best;
    private readonly CheckpointFolder? _checkpoints;
    private readonly float _fullRate;
    private readonly bool _resumed;
    private FitState _state = new();

    public FitRun(INetwork network, ImageDataset training, ImageDataset? validation, FitOptions options, IProgress<FitProgress>? progress)
    {
        _network = network;
        _images = training.Count;
        _validation = validation;
        _options = options;
        _progress = progress;
        _fullRate = options.Optimizer.LearningRate;
        _batches = new BatchLoader(training, new LoaderOptions
        {
            BatchSize = options.BatchSize,
            Seed = options.Seed,
            Augmentation = options.Augmentation,
            Normalization = options.Normalization,
            Workers = options.LoaderWorkers,
        });
        try
        {
            _average = options.Averaging is { } averaging ? new AveragedWeights(network, averaging) : null;
            string identity = options.Identity(network, training);
            _trainer = network.CreateTrainer(options.Optimizer, options.Loss, new TrainerOptions
            {
                BatchSize = Math.Min(options.BatchSize, training.Count),
                MicroBatch = options.MicroBatch,
                Threads = options.Threads,
                Seed = options.Seed,
            });
            _updates = new Updates(_trainer, options.Clipping);
            _best = new BestEpochs(options);
            if (options.Checkpoints is { } checkpoints)
            {
                _checkpoints = new CheckpointFolder(checkpoints, network, identity);
                _resumed = _checkpoints.TryLoad(_trainer, _average, out FitState? state);
                _state = state ?? _state;
            }
        }
        catch
        {
            _trainer?.Dispose();
            _batches.Dispose();
            throw;
        }
    }

    private int StepsPerEpoch => _batches.BatchCount;

    private long UpdatesDone => ((long)_state.Epoch * StepsPerEpoch) + _state.Step;

    private long UpdatesInAll => (long)_options.Epochs * StepsPerEpoch;

    public void Dispose()
    {
        _trainer.Dispose();
        _batches.Dispose();
    }

    public FitResult Run(CancellationToken cancellation)
    {
        try
        {
            while (_state.Epoch < _options.Epochs && !_state.StoppedEarly)
            {
                RunEpoch(cancellation);
                EndEpoch(cancellation);
            }
        }
        catch (TrainingException exception)
        {
            _trainer.Dispose();
            if (!_best.TryRestore(_state, _network, _checkpoints))
                throw;
            throw new TrainingException(
                FormattableString.Invariant($"{exception.Message} The network has the parameters of epoch {_state.BestEpoch}, the best one before that."));
        }

        _trainer.Dispose();
        _average?.CopyTo(_network);
        if (!_best.TryRestore(_state, _network, _checkpoints))
            CheckParameters();
        return new FitResult(_state.History, _state.BestEpoch, _state.StoppedEarly, _resumed);
    }

    /// <summary>No loss has seen what the last update made of the parameters.</summary>
    private void CheckParameters()
    {
        foreach (Parameter parameter in _network.Parameters)
        {
            foreach (float value in parameter.Values)
            {
                if (!float.IsFinite(value))
                    throw Diverged(FormattableString.Invariant($"'{parameter.Name}' has a {value} after the last update"));
            }
        }
    }

    private TrainingException Diverged(string found) =>
        new(FormattableString.Invariant($"{found}: training diverged. Use a lower learning rate than {_fullRate}, a warm-up or gradient clipping."));

    private void RunEpoch(CancellationToken cancellation)
    {
        double before = _state.Seconds;
        int firstStep = _state.Step;
        long began = Stopwatch.GetTimestamp();
        long reported = began;
        _batches.StartEpoch(_state.Epoch, firstStep);
        while (_batches.Next())
        {
            if (cancellation.IsCancellationRequested)
            {
                Checkpoint();
                cancellation.ThrowIfCancellationRequested();
            }

            Update();
            TimeSpan time = Stopwatch.GetElapsedTime(began);
            _state.Seconds = before + time.TotalSeconds;
            if (_checkpoints?.IsDue(UpdatesDone) == true && _state.Step < StepsPerEpoch)
                Checkpoint();
            if (_progress is null || Stopwatch.GetElapsedTime(reported) < ReportEvery)
                continue;
            reported = Stopwatch.GetTimestamp();
            _progress.Report(Progress((_state.Step - firstStep) / time.TotalSeconds, null));
        }
    }

    private void Update()
    {
        _options.Optimizer.LearningRate = (float)(_fullRate * _options.Schedule.Factor(new SchedulePoint(UpdatesDone, UpdatesInAll, StepsPerEpoch)));
        double loss = _updates.Run(_batches.Inputs, _batches.Labels, out int correct);
        if (!double.IsFinite(loss))
            throw Diverged(FormattableString.Invariant($"The loss is {loss} in epoch {_state.Epoch + 1}, step {_state.Step + 1}"));
        _state.RecentLoss = UpdatesDone == 0 ? loss : (0.98 * _state.RecentLoss) + (0.02 * loss);
        _state.LossSum += loss * _batches.Labels.Length;
        _state.Correct += correct;
        _state.Step++;
        _average?.AfterUpdate(UpdatesDone);
    }

    private void EndEpoch(CancellationToken cancellation)
    {
        double rate = _state.Step / _state.Seconds;
        Evaluation? evaluation = Validate(cancellation);
        var result = new EpochResult(
            _state.Epoch + 1,
            _state.LossSum / _images,
            (double)_state.Correct / _images,
            evaluation?.Loss ?? double.NaN,
            evaluation?.Accuracy ?? double.NaN,
            _options.Optimizer.LearningRate,
            _state.Seconds);
        _state.History.Add(result);
        FitProgress report = Progress(rate, result);
        _state.Epoch++;
        _state.Step = 0;
        _state.LossSum = 0;
        _state.Correct = 0;
        _state.Seconds = 0;
        if (evaluation is not null && _best.Take(_state, _network, _average))
            _checkpoints?.SaveBest(_trainer, _average, _state);
        _state.StoppedEarly = _state.Epoch < _options.Epochs && _best.ShouldStop(_state);

        // After the best one: a training that is killed between the two runs this epoch again and comes to the same best one.
        Checkpoint();
        _progress?.Report(report);
    }

    private Evaluation? Validate(CancellationToken cancellation)
    {
        if (_validation is null)
            return null;
        var options = new EvaluationOptions { Threads = _options.Threads, Normalization = _options.Normalization };
        try
        {
            return _average is null ? Evaluate() : _average.Evaluate(Evaluate);
        }
        catch (OperationCanceledException)
        {
            // All updates of the epoch are done: a training that goes on from here begins with its validation.
            Checkpoint();
            throw;
        }

        Evaluation Evaluate() => Evaluation.Of(_network, _validation, options, cancellation);
    }

    private void Checkpoint() => _checkpoints?.Save(_trainer, _average, _state, UpdatesDone);

    private FitProgress Progress(double stepsPerSecond, EpochResult? completed) => new(
        _state.Epoch + 1,
        _options.Epochs,
        _state.Step,
        StepsPerEpoch,
        _state.RecentLoss,
        _options.Optimizer.LearningRate,
        stepsPerSecond,
        stepsPerSecond > 0 ? TimeSpan.FromSeconds((UpdatesInAll - UpdatesDone) / stepsPerSecond) : TimeSpan.Zero,
        completed);
}
