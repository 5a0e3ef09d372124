using Cnn.Training;

namespace Cnn.Plots;

/// <summary>
/// A folder that receives the pictures of one training: loss and accuracy, confusion matrix, the first layer's kernels and what the layers make of an
/// image.
/// </summary>
public sealed class PlotFolder
{
    /// <summary>The file of <see cref="TrainingPlots.SaveLoss"/>.</summary>
    public const string LossFile = "loss.png";

    /// <summary>The file of <see cref="TrainingPlots.SaveAccuracy"/>.</summary>
    public const string AccuracyFile = "accuracy.png";

    /// <summary>The file of <see cref="TrainingPlots.SaveConfusion"/>.</summary>
    public const string ConfusionFile = "confusion.png";

    /// <summary>The file of <see cref="NetworkPlots.SaveKernels"/>.</summary>
    public const string KernelsFile = "kernels.png";

    /// <summary>The file of <see cref="NetworkPlots.SaveActivations"/>.</summary>
    public const string ActivationsFile = "activations.png";

    /// <summary>The file of a <see cref="TrainingReport"/>.</summary>
    public const string ReportFile = "report.html";

    private readonly string _path;
    private LossRecorder? _recorder;

    /// <summary>Makes the folder, so that a training need not run to its end before it is found that it cannot be made.</summary>
    /// <param name="path">Where; may exist.</param>
    /// <exception cref="IOException">It cannot be made, or is a file.</exception>
    public PlotFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Directory.CreateDirectory(path).FullName;
    }

    /// <summary>Listens to a training.</summary>
    /// <param name="next">Receives each report as well.</param>
    /// <returns>The progress to give to <c>Fit</c>.</returns>
    public IProgress<FitProgress> Watch(IProgress<FitProgress>? next = null) => _recorder = new LossRecorder(next);

    /// <summary>The losses of the training that is watched, for a <see cref="TrainingReport"/>.</summary>
    public IReadOnlyList<LossPoint> Losses => _recorder?.Points ?? [];

    /// <summary>Writes all pictures; existing ones are replaced.</summary>
    /// <param name="result">Of the training that was watched.</param>
    /// <param name="evaluation">Of the network on images that it has not learned from.</param>
    /// <param name="network">What was trained; its first layer is a 2-D convolution over 1 or 3 channels.</param>
    /// <param name="image">The image whose feature maps are drawn, as the network takes it.</param>
    /// <param name="classes">Names in the order of the classes; without them their numbers.</param>
    /// <returns>The files.</returns>
    /// <exception cref="NotSupportedException">The network was generated without <c>CnnTrace</c>.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public IReadOnlyList<string> Save(FitResult result, Evaluation evaluation, INetwork network, ReadOnlySpan<float> image,
        IReadOnlyList<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(network);
        TrainingPlots.SaveLoss(FileOf(LossFile), result.Epochs, _recorder?.Points);
        TrainingPlots.SaveAccuracy(FileOf(AccuracyFile), result.Epochs);
        TrainingPlots.SaveConfusion(FileOf(ConfusionFile), evaluation.Confusion, classes);
        NetworkPlots.SaveKernels(FileOf(KernelsFile), network);
        using IPredictor predictor = network.CreatePredictor();
        NetworkPlots.SaveActivations(FileOf(ActivationsFile), predictor.Trace(image));
        return [.. new[] { LossFile, AccuracyFile, ConfusionFile, KernelsFile, ActivationsFile }.Select(FileOf)];
    }

    private string FileOf(string name) => Path.Combine(_path, name);
}
