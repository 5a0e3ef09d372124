using Cnn.Functional.Tests.Support;
using Cnn.Zoo;

namespace Cnn.Zoo.Tests;

/// <summary>A network with a label for each pixel.</summary>
public sealed class UNetTests
{
    private const int Batch = 2;
    private const int Classes = 3;
    private const int Pixels = 32 * 32;

    [Fact]
    public void The_output_has_a_score_of_each_class_for_each_pixel() =>
        Assert.Equal([Classes, 32, 32], SmallUNet.Summary.OutputShape.ToArray());

    [Fact]
    public void It_learns_to_tell_bright_pixels_from_dark_ones()
    {
        float[] images = TestData.Reals(Batch * Pixels, seed: 1);
        int[] labels = [.. images.Select(pixel => pixel < -0.3f ? 0 : pixel < 0.3f ? 1 : 2)];
        SmallUNet network = new(seed: 2);
        using (SmallUNet.Trainer trainer = network.CreateTrainer(new Adam(0.01f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Batch, Threads = 2 }))
        {
            float[] losses = [.. Enumerable.Range(0, 30).Select(_ => trainer.Step(images, labels))];
            Assert.True(losses[^1] < 0.3f * losses[0], $"The loss went {string.Join(", ", losses)}.");
        }

        Assert.InRange(Accuracy(network, images, labels), 0.8, 1);
    }

    private static double Accuracy(SmallUNet network, float[] images, int[] labels)
    {
        using SmallUNet.Predictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Batch });
        float[] scores = new float[Batch * Classes * Pixels];
        predictor.Predict(images, scores);
        return Enumerable.Range(0, labels.Length).Average(index =>
        {
            int start = (index / Pixels * Classes * Pixels) + (index % Pixels);
            int best = Enumerable.Range(0, Classes).MaxBy(channel => scores[start + (channel * Pixels)]);
            return best == labels[index] ? 1.0 : 0.0;
        });
    }
}
