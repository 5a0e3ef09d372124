using Cnn;
using Cnn.Data;
using Cnn.Plots;
using Cnn.Training;

namespace Samples;

/// <summary>Where <c>--plot</c> puts its pictures.</summary>
/// <param name="folder">Is made at once.</param>
internal sealed class PlotOutput(string folder)
{
    private readonly PlotFolder _folder = new(folder);

    /// <summary>Listens to a training.</summary>
    public IProgress<FitProgress> Watch(IProgress<FitProgress> next) => _folder.Watch(next);

    /// <summary>Writes the pictures, with the feature maps of the first test image, and a report of all.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<string> Save(
        FitResult result, Evaluation evaluation, INetwork network, ImageDataset test, FitOptions options, IReadOnlyList<string>? classes = null)
    {
        float[] image = new float[test.ImageLength];
        test.CopyImage(0, image);
        options.Normalization?.Apply(image, image.Length);
        IReadOnlyList<string> pictures = _folder.Save(result, evaluation, network, image, classes);
        string report = Path.Combine(folder, PlotFolder.ReportFile);
        new TrainingReport(result, evaluation, network) { Images = test, Options = options, Classes = classes, Losses = _folder.Losses }.Save(report);
        return [.. pictures, report];
    }
}
