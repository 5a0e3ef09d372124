using System.Globalization;
using Cnn.Data;

namespace Cnn.Training;

/// <summary>How <see cref="Fitting.Fit"/> trains.</summary>
public sealed record FitOptions
{
    /// <summary>
    /// The update rule. Its learning rate is the full rate, which the <see cref="Schedule"/> multiplies; afterwards it has its full rate again.
    /// </summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>What is minimised. Default cross entropy; it must take labels.</summary>
    public Loss Loss { get; init; } = Loss.CrossEntropy();

    /// <summary>Times that each training image is seen: once an epoch. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Images an update. Default 64. The last batch of an epoch has what is left, and its update is the gradient of the mean over those.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>
    /// Images whose activations are kept at once: a batch goes in micro-batches of so many, and their gradients are summed as a balanced tree. Less memory is
    /// needed, and but for BatchNorm's statistics and the order of the sums the gradient stays the same; see <see cref="TrainerOptions.MicroBatch"/>.
    /// Default 0: a batch is one micro-batch.
    /// </summary>
    public int MicroBatch { get; init; }

    /// <summary>How the learning rate changes. Default: not at all.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>What keeps gradients from being too large. Default: nothing.</summary>
    public GradientClipping? Clipping { get; init; }

    /// <summary>A running mean of the parameters, which is evaluated, and which the network has in the end. Default: none.</summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>What tells which epoch is the best one. Default: the validation accuracy.</summary>
    public Monitored Monitored { get; init; }

    /// <summary>When to stop before the last epoch. Default: never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Where the training is saved, and continued from if it was interrupted. Default: nowhere.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

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

    /// <summary>Refuses settings that do not go together.</summary>
    /// <exception cref="ArgumentException">Which do not, and what to do.</exception>
    internal void Check(INetwork network, ImageDataset training, ImageDataset? validation)
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
    private string MicroBatches => MicroBatch == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" and micro-batches of {MicroBatch}");

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
    internal string Identity(INetwork network, ImageDataset training) => string.Join("; ",
        FormattableString.Invariant($"network {network.Summary.Name} with {CountFormat.Of(network.Summary.Parameters, "parameter")}"),
        string.Create(CultureInfo.InvariantCulture,
            $"{CountFormat.Of(training.Count, "image")} in batches of {BatchSize}{MicroBatches} "
            + $"for {CountFormat.Of(Epochs, "epoch")}, seed {Seed}"),
        FormattableString.Invariant($"learning rate {Optimizer.LearningRate}, {Schedule.Description}"),
        Loss.ToString(),
        Clipping?.Description ?? "no clipping",
        Averaging?.Description ?? "no averaging",
        EarlyStopping?.Description ?? "no early stopping",
        Monitored == Monitored.Accuracy ? "best accuracy" : "best loss",
        Augmentation is { } a
            ? FormattableString.Invariant($"shift {a.Shift}, flip {(a.Flip ? "on" : "off")}, rotation {a.Rotation}, cutout {a.Cutout}")
            : "no augmentation",
        Normalization is { } n ? $"means {Text(n.Means)}, deviations {Text(n.Deviations)}" : "no normalization");

    private static string Text(ReadOnlySpan<float> values)
    {
        List<string> texts = [];
        foreach (float value in values)
            texts.Add(FormattableString.Invariant($"{value}"));
        return string.Join(' ', texts);
    }
}
