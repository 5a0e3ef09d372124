using Cnn.Data;

namespace Cnn.Training;

/// <summary>Trains and evaluates networks.</summary>
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
        CancellationToken cancellation = default) =>
        Fit(network, (IExampleSource)training, validation, options, progress, cancellation);

    /// <summary>
    /// Trains a network on any examples, in memory or as they are read, and looks after each epoch how it does on others: several inputs and outputs, labels,
    /// maps of labels, values.
    /// </summary>
    /// <remarks>
    /// <code>
    /// Examples training = new(count: 1000, inputs: [pixels], targets: [kinds, ages]);
    /// network.Fit(training, validation: null, new()
    /// {
    ///     Optimizer = new Adam(1e-3f),
    ///     Loss = Loss.Each(Loss.CrossEntropy(), 0.1f * Loss.Huber()),
    ///     Metrics = [new Accuracy { Output = "kind" }, new MeanAbsoluteError { Output = "age" }],
    /// });
    /// </code>
    /// </remarks>
    /// <param name="network">The network; its parameters change.</param>
    /// <param name="training">What it learns from: <see cref="Examples"/>, an <see cref="ExampleStream"/>, or examples of one's own.</param>
    /// <param name="validation">What it is looked at with, or null.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told where the training stands, on the thread that trains.</param>
    /// <param name="cancellation">Stops between two updates; with checkpoints nothing is lost, because one is written then.</param>
    /// <returns>What each epoch came to.</returns>
    /// <exception cref="ArgumentException">Settings, examples and network do not go together; nothing has changed.</exception>
    /// <exception cref="TrainingException">
    /// The loss, a gradient that is clipped by its norm, or in the end a parameter is no longer a number. Where the best epoch's parameters are to be
    /// restored, the network has them.
    /// </exception>
    /// <exception cref="WeightsException">The checkpoint to go on from is damaged or of another training.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static FitResult Fit(
        this INetwork network,
        IExampleSource training,
        IExampleSource? validation,
        FitOptions options,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(network, training, validation);
        if (training is ImageDataset images)
            DatasetChecks.Finite(images, "training", nameof(training));
        if (validation is ImageDataset others)
            DatasetChecks.Finite(others, "validation", nameof(validation));
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

    /// <summary>Predicts every example with a predictor of the network as it is now, and says what loss and metrics come to.</summary>
    /// <remarks>
    /// <code>
    /// EvaluationResult result = network.Evaluate(test, new() { Loss = Loss.MeanSquaredError(), Metrics = [new RSquared()] });
    /// Console.WriteLine(result.Metrics["R²"]);
    /// </code>
    /// What a classifier takes for what is told by <see cref="Evaluation.Of"/>.
    /// </remarks>
    /// <param name="network">The network.</param>
    /// <param name="examples">What it is looked at with.</param>
    /// <param name="options">Loss, metrics, batch size and threads. Default: the accuracy of a classifier.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>Over all examples.</returns>
    /// <exception cref="ArgumentException">Loss, metrics, examples and network do not go together.</exception>
    public static EvaluationResult Evaluate(
        this INetwork network, IExampleSource examples, EvaluationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        DatasetChecks.Fits(network, examples, nameof(examples));
        return new Evaluator(network, examples, options ?? new EvaluationOptions()).Run(cancellation);
    }
}
