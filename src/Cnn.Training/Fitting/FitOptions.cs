using System.Globalization;
using Cnn.Data;

namespace Cnn.Training;

/// <summary>How Fit trains.</summary>
public sealed record FitOptions
{
    /// <summary>
    /// The update rule. Its learning rate is the full rate, which the <see cref="Schedule"/> multiplies; afterwards it has its full rate again.
    /// </summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>What is minimised; <see cref="Loss.Each"/> for several outputs. Default: cross entropy, which takes labels.</summary>
    public Loss Loss { get; init; } = Loss.CrossEntropy();

    /// <summary>Times that each training example is seen: once an epoch. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Images an update. Default 64. The last batch of an epoch has what is left, and its update is the gradient of the mean over those.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>
    /// Images whose activations are kept at once: a batch goes in micro-batches of so many, and their gradients are summed as a balanced tree. Less memory is
    /// needed, and but for BatchNorm's statistics and the order of the sums the gradient stays the same; see <see cref="TrainerOptions.MicroBatch"/>.
    /// Default 0: a batch is one micro-batch.
    /// </summary>
    public int MicroBatch { get; init; }

    /// <summary>
    /// The processes that share each batch by whole micro-batches; all of them call Fit, with the same arguments. What is learned has the bits of one process.
    /// Files are read and written by the first rank alone. Running statistics of BatchNorm are averaged over the ranks before they are used or saved. Needs a
    /// <see cref="MicroBatch"/>. Default: none.
    /// </summary>
    public IRanks? Ranks { get; init; }

    /// <inheritdoc cref="TrainerOptions.RankPrecision"/>
    public RankPrecision RankPrecision { get; init; }

    /// <summary>How the learning rate changes. Default: not at all.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>What keeps gradients from being too large. Default: nothing.</summary>
    public GradientClipping? Clipping { get; init; }

    /// <summary>A running mean of the parameters, which is evaluated, and which the network has in the end. Default: none.</summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>
    /// What is measured on the validation examples after each epoch. Default: null, the accuracy where there are labels for the only output; there it is
    /// measured in any case.
    /// </summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>
    /// What tells which epoch is the best one. Default: the accuracy; the first metric where there is none, and the loss where there is none either.
    /// </summary>
    public Monitored Monitored { get; init; }

    /// <summary>The <see cref="Metric.Key"/> of one of <see cref="Metrics"/>, which tells in the place of <see cref="Monitored"/>. Default: null.</summary>
    public string? MonitoredMetric { get; init; }

    /// <summary>When to stop before the last epoch. Default: never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Where the training is saved, and continued from if it was interrupted. Default: nowhere.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>Look on, and may stop the training. Default: none.</summary>
    public IReadOnlyList<IFitCallback> Callbacks { get; init; } = [];

    /// <inheritdoc cref="TrainerOptions.Trains"/>
    public Func<Parameter, bool>? Trains { get; init; }

    /// <inheritdoc cref="TrainerOptions.Groups"/>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];

    /// <summary>How training images are varied. Default: not at all.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>What is done with each channel of training and validation images. Default: nothing.</summary>
    public ChannelNormalization? Normalization { get; init; }

    /// <summary>Decides the order of the images, their variation and dropout. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Threads; 0, the default, is all cores. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Threads that load batches ahead. Default 1; the result does not depend on it.</summary>
    public int LoaderWorkers { get; init; } = 1;

    /// <summary>The settings in a few lines; what is as it is by default is left out.</summary>
    public override string ToString()
    {
        List<string> lines =
        [
            $"{Optimizer}, {Schedule.Description}",
            Loss.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"{CountFormat.Of(Epochs, "epoch")} in batches of {BatchSize}, seed {Seed}"),
        ];
        lines.AddRange(new[]
        {
            MicroBatch > 0 ? string.Create(CultureInfo.InvariantCulture, $"micro-batches of {MicroBatch}") : null,
            Ranks is null ? null : string.Create(CultureInfo.InvariantCulture, $"rank {Ranks.Rank} of {Ranks.Count}"),
            Clipping?.ToString(),
            Averaging?.ToString(),
            EarlyStopping?.ToString(),
            Metrics is { Count: > 0 } ? "measured: " + string.Join(", ", Metrics.Select(static metric => metric.Key)) : null,
            MonitoredMetric is not null ? "best by " + MonitoredMetric : Monitored == Monitored.Loss ? "best by loss" : null,
            Augmentation is not null ? "augmentation: " + Augmentation : null,
            Normalization?.ToString(),
            Groups.Count > 0 ? CountFormat.Of(Groups.Count, "parameter group") : null,
            Trains is not null ? "some of the parameters are trained" : null,
            Checkpoints?.ToString(),
        }.OfType<string>());
        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>How the trainer is made.</summary>
    /// <param name="examples">Of the training: no batch has more.</param>
    internal TrainerOptions OfTrainer(int examples) => new()
    {
        BatchSize = Math.Min(BatchSize, examples),
        MicroBatch = MicroBatch,
        Ranks = Ranks,
        RankPrecision = RankPrecision,
        Threads = Threads,
        Seed = Seed,
        Groups = Groups,
        Trains = Trains,
    };

    /// <summary>Refuses settings that do not go together.</summary>
    /// <exception cref="ArgumentException">Which do not, and what to do.</exception>
    internal void Check(INetwork network, IExampleSource training, IExampleSource? validation)
    {
        ArgumentNullException.ThrowIfNull(Optimizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1, nameof(Epochs));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1, nameof(BatchSize));
        ArgumentOutOfRangeException.ThrowIfNegative(MicroBatch, nameof(MicroBatch));
        if (EarlyStopping is not null && validation is null)
            throw new ArgumentException("EarlyStopping needs images to validate with: pass them to Fit.", nameof(EarlyStopping));
        EarlyStopping?.Check();
        DatasetChecks.Fits(network, training, nameof(training));
        if (validation is not null)
            DatasetChecks.Fits(network, validation, nameof(validation));
        CheckSmallestMicroBatch(network, training.Count);
    }

    /// <summary>Refuses before the training what the trainer would refuse at the end of its first epoch.</summary>
    private void CheckSmallestMicroBatch(INetwork network, int images)
    {
        int smallest = Math.Min(SmallestMicroBatch(Math.Min(BatchSize, images)), SmallestMicroBatch(images % BatchSize));
        if (smallest > 1 || network.Summary.Layers.FirstOrDefault(layer => HasBatchStatisticsOfVectors(network, layer)) is not { } norm)
            return;
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture,
                $"{CountFormat.Of(images, "training image")} in batches of {BatchSize}{MicroBatches} "
                + $"leave a micro-batch of 1 image, and '{norm.Name}' needs at least 2: one value a channel has no variance. "
                + $"Choose a BatchSize and a MicroBatch that leave none or more than one over, or leave an image out."),
            nameof(BatchSize));
    }

    /// <summary>How the batches are divided, in words; nothing where they are not.</summary>
    private string MicroBatches => MicroBatch == 0 ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $" and micro-batches of {MicroBatch}")
            + (RankPrecision == RankPrecision.Float32 ? string.Empty : ", gradients of ranks rounded to 16 bits");

    /// <summary>The images of a batch's smallest micro-batch; of none at all, as many as there can be.</summary>
    private int SmallestMicroBatch(int images)
    {
        if (images == 0)
            return int.MaxValue;
        int full = MicroBatch == 0 ? images : Math.Min(MicroBatch, images);
        return images % full == 0 ? full : images % full;
    }

    /// <summary>Frozen layers use running statistics, and have parameters that are not trained.</summary>
    private static bool HasBatchStatisticsOfVectors(INetwork network, LayerSummary layer) =>
        layer.Kind == "BatchNorm" && layer.OutputShape.Skip(1).All(axis => axis == 1)
        && !network.Parameters.Any(parameter => parameter.Name == layer.Name + ".weight" && !parameter.IsTrainable);

    /// <summary>Everything that the result depends on, in words, and nothing else.</summary>
    /// <param name="network">What is trained.</param>
    /// <param name="training">What it learns from.</param>
    /// <param name="metrics">What is measured after each epoch.</param>
    internal TrainingIdentity Identity(INetwork network, IExampleSource training, string[] metrics) => new(string.Join("; ",
        FormattableString.Invariant($"network {network.Summary.Name} with {CountFormat.Of(network.Summary.Parameters, "parameter")}"),
        string.Create(CultureInfo.InvariantCulture,
            $"{CountFormat.Of(training.Count, training is ImageDataset ? "image" : "example")} in batches of {BatchSize}{MicroBatches} "
            + $"for {CountFormat.Of(Epochs, "epoch")}, seed {Seed}"),
        FormattableString.Invariant($"learning rate {Optimizer.LearningRate}, {Schedule.Description}"),
        Loss.ToString(),
        Clipping?.Description ?? "no clipping",
        Averaging?.Description ?? "no averaging",
        EarlyStopping?.Description ?? "no early stopping",
        "best " + (MonitoredMetric ?? (Monitored == Monitored.Accuracy ? "accuracy" : "loss")),
        metrics.Length == 0 ? "no metrics" : string.Join(", ", metrics),
        Augmentation is null ? "no augmentation" : $"augmentation: {Augmentation}",
        Normalization is { } n ? $"means {Text(n.Means)}, deviations {Text(n.Deviations)}" : "no normalization"), metrics);

    private static string Text(ReadOnlySpan<float> values)
    {
        List<string> texts = [];
        foreach (float value in values)
            texts.Add(FormattableString.Invariant($"{value}"));
        return string.Join(' ', texts);
    }
}
