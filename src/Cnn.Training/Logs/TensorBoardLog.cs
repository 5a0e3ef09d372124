using System.Globalization;

namespace Cnn.Training;

/// <summary>Event files for TensorBoard: loss and learning rate every few steps, losses and metrics after each epoch.</summary>
/// <remarks>
/// <code>
/// using TensorBoardLog log = new("runs/first");      // tensorboard --logdir runs
/// network.Fit(training, validation, new() { Optimizer = new Adam(1e-3f), Callbacks = [log] });
/// </code>
/// A training that goes on writes a new file, which takes the place of what the one before has from that step on.
/// </remarks>
public sealed class TensorBoardLog : IFitCallback, IDisposable
{
    private readonly string _folder;
    private EventFile? _file;

    /// <summary>Makes the folder.</summary>
    /// <param name="folder">One run a folder; may exist.</param>
    public TensorBoardLog(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _folder = Directory.CreateDirectory(folder).FullName;
    }

    /// <summary>Steps between two losses. Default 10, at least 1.</summary>
    public int EverySteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 10;

    /// <inheritdoc/>
    public void OnStart(FitContext training)
    {
        ArgumentNullException.ThrowIfNull(training);
        _file?.Dispose();
        _file = new EventFile(PathOf());
        if (training.Resumed)
            _file.Restart(training.Updates);
    }

    /// <inheritdoc/>
    public void OnStepEnd(FitContext training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Updates % EverySteps != 0)
            return;
        _file!.Add(training.Updates, "loss/step", training.Loss);
        _file.Add(training.Updates, "learning rate", training.LearningRate);
    }

    /// <inheritdoc/>
    public void OnEpochEnd(FitContext training)
    {
        ArgumentNullException.ThrowIfNull(training);
        EpochResult epoch = training.Completed!;
        _file!.Add(training.Updates, "loss/training", epoch.TrainingLoss);
        _file.Add(training.Updates, "loss/validation", epoch.ValidationLoss);
        _file.Add(training.Updates, "training accuracy", epoch.TrainingAccuracy);
        foreach ((string key, double value) in epoch.Metrics)
            _file.Add(training.Updates, "validation/" + key, value);
        _file.Flush();
    }

    /// <inheritdoc/>
    public void OnEnd(FitContext training, FitResult result) => Dispose();

    /// <summary>Closes the file, also of a training that failed or was cancelled.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>TensorBoard takes files with <c>tfevents</c> in their name, in the order of their names.</summary>
    private string PathOf()
    {
        long seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        int number = Directory.GetFiles(_folder, "events.out.tfevents.*").Length;
        return Path.Combine(_folder, string.Create(
            CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.{Environment.MachineName}.{Environment.ProcessId}.{number}"));
    }
}
