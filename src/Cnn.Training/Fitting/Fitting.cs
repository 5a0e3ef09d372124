using Cnn.Data;

namespace Cnn.Training;

/// <summary>Trains networks.</summary>
public static class Fitting
{
    /// <summary>Trains a classifier on images, and looks after each epoch how it does on others.</summary>
    /// <param name="network">The network; its parameters change.</param>
    /// <param name="training">What it learns from.</param>
    /// <param name="validation">What it is looked at with, or null.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told where the training stands, on the thread that trains.</param>
    /// <param name="cancellation">Stops between two updates; with checkpoints nothing is lost, because one is written then.</param>
    /// <returns>What each epoch came to.</returns>
    /// <exception cref="ArgumentException">Settings, images and network do not go together; nothing has changed.</exception>
    /// <exception cref="TrainingException">
    /// The loss, a gradient that is clipped by its norm, or in the end a parameter is no longer a number. Where the best epoch's parameters are to be
    /// restored, the network has them.
    /// </exception>
    /// <exception cref="WeightsException">The checkpoint to go on from is damaged or of another training.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static FitResult Fit(
        this INetwork network,
        ImageDataset training,
        ImageDataset? validation,
        FitOptions options,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(network, training, validation);
        DatasetChecks.Finite(training, "training", nameof(training));
        if (validation is not null)
            DatasetChecks.Finite(validation, "validation", nameof(validation));
        float fullRate = options.Optimizer.LearningRate;
        try
        {
            using FitRun run = new(network, training, validation, options, progress);
            return run.Run(cancellation);
        }
        finally
        {
            options.Optimizer.LearningRate = fullRate;
        }
    }
}
