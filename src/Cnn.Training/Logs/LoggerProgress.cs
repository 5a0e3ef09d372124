using Microsoft.Extensions.Logging;

namespace Cnn.Training;

/// <summary>Tells a host's log of each epoch, of where a training goes on and of its end; at the level Debug also of what is between.</summary>
/// <param name="logger">Receives the events, with their numbers as properties.</param>
public sealed partial class LoggerProgress(ILogger logger) : IProgress<FitProgress>
{
    private readonly ILogger _logger = logger ?? throw new ArgumentNullException(nameof(logger));

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        if (value.Result is { } result)
            LogEnd(result);
        else if (value.Resumed)
            LogResumed(value.Epoch, value.Step);
        else if (value.Completed is { } epoch)
            LogEpoch(epoch.Epoch, value.Epochs, epoch.TrainingLoss, epoch.ValidationLoss, epoch.Metrics);
        else
            LogStep(value.Epoch, value.Step, value.Loss);
    }

    [LoggerMessage(1, LogLevel.Information, "Epoch {Epoch} of {Epochs}: loss {TrainingLoss}, validation loss {ValidationLoss}, {Metrics}")]
    private partial void LogEpoch(int epoch, int epochs, double trainingLoss, double validationLoss, MetricValues metrics);

    [LoggerMessage(2, LogLevel.Information, "Resumed at epoch {Epoch}, step {Step}")]
    private partial void LogResumed(int epoch, int step);

    [LoggerMessage(3, LogLevel.Information, "Trained: {Result}")]
    private partial void LogEnd(FitResult result);

    [LoggerMessage(4, LogLevel.Debug, "Epoch {Epoch}, step {Step}: loss {Loss}")]
    private partial void LogStep(int epoch, int step, double loss);
}
