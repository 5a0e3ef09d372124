using Cnn.Data;
using Cnn.Training;

namespace LeNetSample.Data;

/// <summary>Images to train on and to test with, and what to call them.</summary>
/// <param name="Train">28x28, classes 0 to 9.</param>
/// <param name="Test">Of the same kind, none of them in <paramref name="Train"/>.</param>
/// <param name="Origin">Where they come from, for the first line of the output.</param>
/// <param name="AccuracyLabel">What stands beside every accuracy, so that none is taken for another data set's.</param>
/// <param name="Notice">What the user should know about them before anything else; null if nothing.</param>
internal sealed record DigitData(ImageDataset Train, ImageDataset Test, string Origin, string AccuracyLabel, string? Notice = null)
{
    private const int RenderedTrainingImages = 60_000;
    private const int RenderedTestImages = 10_000;

    /// <summary>Digits that the program draws itself, as many as MNIST has.</summary>
    /// <param name="reason">Why there is nothing better; null when they were asked for.</param>
    /// <param name="seed">The same seed gives the same digits.</param>
    public static DigitData Rendered(string? reason, int seed = 0)
    {
        string notice = "These are RENDERED DIGITS that this program draws, and NOT MNIST"
            + (reason is null
                ? ": no accuracy below says anything about MNIST."
                : $" ({reason}; --data mnist says why, --data FOLDER and CNN_DATA name a folder).");
        return new DigitData(
            RenderedDigits.Create(RenderedTrainingImages, seed),
            RenderedDigits.Create(RenderedTestImages, seed, DatasetPart.Test),
            "rendered digits, not MNIST",
            "on rendered digits, NOT MNIST",
            notice);
    }
}
