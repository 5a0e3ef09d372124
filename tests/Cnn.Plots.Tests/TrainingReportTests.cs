using System.Text.RegularExpressions;
using Cnn.Data;
using Cnn.Training;
using StbImageSharp;

namespace Cnn.Plots.Tests;

public sealed partial class TrainingReportTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_training_is_one_file_with_all_of_it()
    {
        (ImageDataset images, Grey network) = (Noise(), new Grey(seed: 1));
        FitOptions options = new() { Optimizer = new Sgd(0.05f), Epochs = 2, BatchSize = 6, Threads = 1 };
        CancellationToken token = TestContext.Current.CancellationToken;
        FitResult result = network.Fit(images, images, options, cancellation: token);
        Evaluation evaluation = Evaluation.Of(network, images, new EvaluationOptions { Threads = 1 }, token);
        Assert.InRange(evaluation.Accuracy, 0, 0.99);
        string[] classes = ["<across>", "down", "both"];
        TrainingReport report = new(result, evaluation, network) { Images = images, Options = options, Classes = classes, Title = "Noise & stripes" };
        report.Save(_files["report.html"]);
        string page = File.ReadAllText(_files["report.html"]);
        Assert.Contains("<h1>Noise &amp; stripes</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<across>", page, StringComparison.Ordinal);
        Assert.All(["Curves", "Confusion matrix", "Mistakes", "Kernels of the first layer", "Activations of the first image", "Layers", "Settings", "Versions"],
            heading => Assert.Contains($"<h2>{heading}</h2>", page, StringComparison.Ordinal));
        Assert.Contains("2 epochs in batches of 6", page, StringComparison.Ordinal);
        Assert.Contains("maxpool1", page, StringComparison.Ordinal);

        // Nothing outside the file, and every picture is one.
        Assert.DoesNotMatch(@"(src|href)=""(?!data:)", page);
        byte[][] pictures = [.. Embedded().Matches(page).Select(match => Convert.FromBase64String(match.Groups[1].Value))];
        int mistakes = evaluation.Count - (int)evaluation.Confusion.Correct;
        Assert.Equal(5 + Math.Min(24, mistakes), pictures.Length);
        Assert.All(pictures, picture => Assert.InRange(ImageResult.FromMemory(picture).Width, 12, 4000));
    }

    [Fact]
    public void Without_images_and_options_it_has_the_rest()
    {
        (ImageDataset images, Grey network) = (Noise(), new Grey(seed: 1));
        CancellationToken token = TestContext.Current.CancellationToken;
        FitResult result = network.Fit(images, images, new FitOptions { Optimizer = new Sgd(0.05f), Epochs = 1, Threads = 1 }, cancellation: token);
        Evaluation evaluation = Evaluation.Of(network, images, cancellation: token);
        new TrainingReport(result, evaluation, network).Save(_files["report.html"]);
        string page = File.ReadAllText(_files["report.html"]);
        Assert.Contains("<h1>Grey</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Mistakes", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Settings", page, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TrainingReport(result, evaluation, network) { Images = images.Subset([0, 1]) }.Save(_files["other.html"]));
        Assert.False(File.Exists(_files["other.html"]));
    }

    private static ImageDataset Noise()
    {
        Random random = new(5);
        byte[] pixels = new byte[30 * Grey.InputLength];
        random.NextBytes(pixels);
        return new ImageDataset(pixels, [.. Enumerable.Range(0, 30).Select(_ => random.Next(3))], [1, 12, 12], 3);
    }

    [GeneratedRegex("src=\"data:image/png;base64,([^\"]+)\"")]
    private static partial Regex Embedded();
}
