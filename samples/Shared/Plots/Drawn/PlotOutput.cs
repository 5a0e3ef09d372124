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

    /// <summary>Writes the pictures, with the feature maps of the first test image.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<string> Save(
        FitResult result, Evaluation evaluation, INetwork network, ImageDataset test, IReadOnlyList<string>? classes = null, ChannelNormalization? normalization = null)
    {
        float[] image = new float[test.ImageLength];
        test.CopyImage(0, image);
        normalization?.Apply(image, image.Length);
        return _folder.Save(result, evaluation, network, image, classes);
    }
}
