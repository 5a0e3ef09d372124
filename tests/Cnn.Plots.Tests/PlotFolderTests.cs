using Cnn.Data;
using Cnn.Training;

namespace Cnn.Plots.Tests;

public sealed class PlotFolderTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_training_that_was_watched_leaves_five_pictures()
    {
        ImageDataset images = Stripes();
        Grey network = new(seed: 1);
        PlotFolder folder = new(_files["plots"]);
        CancellationToken token = TestContext.Current.CancellationToken;
        FitResult result = network.Fit(images, images, new FitOptions
        {
            Optimizer = new Sgd(0.05f),
            Epochs = 2,
            BatchSize = 6,
            Threads = 1,
        }, folder.Watch(), token);
        Evaluation evaluation = Evaluation.Of(network, images, new EvaluationOptions { Threads = 1 }, token);
        float[] image = new float[Grey.InputLength];
        images.CopyImage(0, image);
        IReadOnlyList<string> files = folder.Save(result, evaluation, network, image, ["across", "down", "both"]);
        Assert.Equal(["loss.png", "accuracy.png", "confusion.png", "kernels.png", "activations.png"], files.Select(Path.GetFileName));
        Assert.All(files, file => Assert.InRange(Picture.Read(file).Colours(), 3, int.MaxValue));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_found_before_the_training()
    {
        File.WriteAllText(_files["taken"], "");
        Assert.ThrowsAny<IOException>(() => new PlotFolder(_files["taken"]));
    }

    private static ImageDataset Stripes()
    {
        byte[] pixels = new byte[30 * Grey.InputLength];
        int[] labels = [.. Enumerable.Range(0, 30).Select(image => image % 3)];
        for (int place = 0; place < pixels.Length; place++)
        {
            (int kind, int row, int column) = (labels[place / Grey.InputLength], place % Grey.InputLength / 12, place % 12);
            bool bright = (kind != 1 && row % 4 == 0) || (kind != 0 && column % 4 == 0);
            pixels[place] = bright ? (byte)255 : (byte)0;
        }

        return new ImageDataset(pixels, labels, [1, 12, 12], 3);
    }
}
