using System.Diagnostics;
using Cnn.Data;

namespace Cnn.Training;

/// <summary>One training, from its start or from a checkpoint.</summary>
internal sealed class FitRun : IDisposable
{
    // As often as an eye follows; more would cost time.
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    private readonly INetwork _network;
    private readonly int _examples;
    private readonly FitOptions _options;
    private readonly IProgress<FitProgress>? _progress;
    private readonly Evaluator? _validation;
    private readonly TrainingParts _parts;
    private readonly AveragedWeights? _average;
    private readonly BestEpochs _best;
    private readonly CheckpointFolder? _checkpoints;
    private readonly FitContext _context;
    private readonly RankTeam _team;
    private bool _isCancelled;
    private readonly float _fullRate;
    private readonly FitState _state = new();

    public FitRun(INetwork network, IExampleSource training, IExampleSource? validation, FitOptions options, IProgress<FitProgress>? progress)
    {
        _network = network;
        _examples = training.Count;
        _options = options;
        _progress = progress;
        _fullRate = options.Optimizer.LearningRate;
        _team = new RankTeam(options.Ranks);
        _team.ShareParameters(network);
        _validation = validation is null ? null : new Evaluator(network, validation, new EvaluationOptions
        {
            Threads = options.Threads,
            Ranks = options.Ranks,
            Normalization = options.Normalization,
            Loss = options.Loss,
            Metrics = options.Metrics,
        });
        _best = new BestEpochs(options, _validation?.Metrics.All ?? []);
        TrainingIdentity identity = options.Identity(network, training, _validation?.Metrics.Keys ?? []);
        _parts = new TrainingParts(network, training, options);
        try
        {
            _average = options.Averaging is { } averaging ? new AveragedWeights(network, averaging) : null;
            FitState? resumed = null;
            if (options.Checkpoints is { } checkpoints)
            {
                _checkpoints = new CheckpointFolder(checkpoints, network, identity, _team);
                _checkpoints.TryLoad(_parts.Trainer, _average, out resumed);
                _state = resumed ?? _state;
            }

            _context = new FitContext(network, _parts.Trainer, options, _state, StepsPerEpoch, resumed is not null);
        }
        catch
        {
            _parts.Dispose();
            throw;
        }
    }

    private int StepsPerEpoch => _parts.Batches.BatchCount;

    private long UpdatesDone => ((long)_state.Epoch * StepsPerEpoch) + _state.Step;

    private long UpdatesInAll => (long)_options.Epochs * StepsPerEpoch;

    public void Dispose() => _parts.Dispose();

    public FitResult Run(CancellationToken cancellation)
    {
        try
        {
            if (_context.Resumed)
                _progress?.Report(Progress(0, null) with { Resumed = true });
            Tell(static (callback, context) => callback.OnStart(context));
            while (_state.Epoch < _options.Epochs && !_state.StoppedEarly && !_context.IsStopped)
            {
                RunEpoch(cancellation);
                if (_state.Step == StepsPerEpoch)
                    EndEpoch(cancellation);
            }
        }
        catch (TrainingException exception)
        {
            _parts.Trainer.Dispose();
            if (!_best.TryRestore(_state, _network, _checkpoints))
                throw;
            throw new TrainingException(
                FormattableString.Invariant($"{exception.Message} The network has the parameters of epoch {_state.BestEpoch}, the best one before that."));
        }

        _parts.Trainer.Dispose();
        _average?.CopyTo(_network);
        if (!_best.TryRestore(_state, _network, _checkpoints))
            CheckParameters();
        return End();
    }

    private FitResult End()
    {
        bool isStopped = _context.IsStopped && _state.Epoch < _options.Epochs && !_state.StoppedEarly;
        FitResult result = new(_state.History, _state.BestEpoch, _state.StoppedEarly, _context.Resumed) { Stopped = isStopped };
        _context.Completed = _state.History.LastOrDefault();
        Tell((callback, context) => callback.OnEnd(context, result));
        int epoch = Math.Max(1, _state.History.Count);
        _progress?.Report(new FitProgress(
            epoch, _options.Epochs, StepsPerEpoch, StepsPerEpoch, _state.RecentLoss, _options.Optimizer.LearningRate, 0, TimeSpan.Zero, null)
        {
            Result = result,
        });
        return result;
    }

    private void Tell(Action<IFitCallback, FitContext> what)
    {
        for (int index = 0; index < _options.Callbacks.Count; index++)
            what(_options.Callbacks[index], _context);
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
        _parts.Batches.StartEpoch(_state.Epoch, firstStep);
        Tell(static (callback, context) => callback.OnEpochStart(context));
        Agree(0, cancellation);
        while (!_context.IsStopped && _parts.Batches.Next())
        {
            if (_isCancelled)
            {
                Checkpoint();
                throw new OperationCanceledException(cancellation);
            }

            double soFar = _state.Seconds;
            Update(out int correct);
            TimeSpan time = Stopwatch.GetElapsedTime(began);
            _state.Seconds = before + time.TotalSeconds;
            TrainingInstruments.Step(_parts.Batches.Batch.Count, _context.Loss, TimeSpan.FromSeconds(_state.Seconds - soFar));
            Tell(static (callback, context) => callback.OnStepEnd(context));
            Agree(correct, cancellation);
            if (_state.Step < StepsPerEpoch && (_context.IsStopped || _checkpoints?.IsDue(UpdatesDone) == true))
                Checkpoint();
            if (_progress is null || Stopwatch.GetElapsedTime(reported) < ReportEvery)
                continue;
            reported = Stopwatch.GetTimestamp();
            _progress.Report(Progress((_state.Step - firstStep) / time.TotalSeconds, null));
        }
    }

    /// <summary>What one rank wants, all of them do: they make the same calls.</summary>
    private void Agree(int correct, CancellationToken cancellation)
    {
        bool stops = _context.IsStopped;
        _isCancelled = cancellation.IsCancellationRequested;
        _team.Agree(ref correct, ref stops, ref _isCancelled);
        _state.Correct += correct;
        if (stops)
            _context.Stop();
    }

    private void Update(out int correct)
    {
        _options.Optimizer.LearningRate = (float)(_fullRate * _options.Schedule.Factor(new SchedulePoint(UpdatesDone, UpdatesInAll, StepsPerEpoch)));
        double loss = _parts.Step.Run(_parts.Batches.Batch, out correct);
        if (!double.IsFinite(loss))
            throw Diverged(FormattableString.Invariant($"The loss is {loss} in epoch {_state.Epoch + 1}, step {_state.Step + 1}"));
        _context.Loss = loss;
        _state.RecentLoss = UpdatesDone == 0 ? loss : (0.98 * _state.RecentLoss) + (0.02 * loss);
        _state.LossSum += loss * _parts.Batches.WholeCount;
        _state.Step++;
        _average?.AfterUpdate(UpdatesDone);
        _team.CheckParameters(_network, UpdatesDone);
    }

    private void EndEpoch(CancellationToken cancellation)
    {
        double rate = _state.Step / _state.Seconds;
        _team.AverageStatistics(_network, _average);
        EvaluationResult? evaluation = Validate(cancellation);
        MetricValues metrics = evaluation?.Metrics ?? MetricValues.None;
        var result = new EpochResult(
            _state.Epoch + 1,
            _state.LossSum / _examples,
            _parts.Step.CountsClasses ? (double)_state.Correct / _examples : double.NaN,
            evaluation?.Loss ?? double.NaN,
            metrics.TryGetValue("accuracy", out double accuracy) ? accuracy : double.NaN,
            _options.Optimizer.LearningRate,
            _state.Seconds)
        {
            Metrics = metrics,
        };
        TrainingInstruments.Epoch(result.ValidationLoss);
        _state.History.Add(result);
        FitProgress report = Progress(rate, result);
        _state.Epoch++;
        _state.Step = 0;
        _state.LossSum = 0;
        _state.Correct = 0;
        _state.Seconds = 0;
        if (evaluation is not null && _best.Take(_state, _network, _average))
            _checkpoints?.SaveBest(_parts.Trainer, _average, _state);
        _state.StoppedEarly = _state.Epoch < _options.Epochs && _best.ShouldStop(_state);

        // After the best one: a training that is killed between the two runs this epoch again and comes to the same best one.
        Checkpoint();
        _progress?.Report(report);
        _context.Completed = result;
        Tell(static (callback, context) => callback.OnEpochEnd(context));
        _context.Completed = null;
    }

    private EvaluationResult? Validate(CancellationToken cancellation)
    {
        if (_validation is null)
            return null;
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

        // One rank alone must not stop in the middle.
        EvaluationResult Evaluate() => _validation.Run(_options.Ranks is { Count: > 1 } ? CancellationToken.None : cancellation);
    }

    private void Checkpoint() => _checkpoints?.Save(_parts.Trainer, _average, _state, UpdatesDone);

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
