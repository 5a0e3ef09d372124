using Cnn.Functional.Tests.Support;
using Cnn.Zoo;

namespace Cnn.Zoo.Tests;

/// <summary>The networks run: an image goes through a predictor, and a few steps on a small batch lower the loss.</summary>
public sealed class RunTests
{
    [Fact]
    public void ResNet18_runs() => Runs(new ResNet18(seed: 1));

    [Fact]
    public void MobileNetV2_runs() => Runs(new MobileNetV2(seed: 1));

    [Fact]
    public void GoogLeNet_runs() => Runs(new GoogLeNet(seed: 1));

    [Fact]
    public void ResNet20_learns() => Learns(new ResNet20(seed: 1));

    [Fact]
    public void SmallDenseNet_learns() => Learns(new SmallDenseNet(seed: 1));

    [Fact]
    public void ResNet18_learns() => Learns(new ResNet18(seed: 1));

    [Fact]
    public void MobileNetV2_learns() => Learns(new MobileNetV2(seed: 1));

    /// <summary>An image alone and within a batch gives the same bits, and they are numbers.</summary>
    private static void Runs(INetwork network)
    {
        float[] images = TestData.Reals(2 * network.InputLength, seed: 2);
        float[] together = Predict(network, images, 2);
        float[] alone = Predict(network, images[network.InputLength..], 1);
        Assert.All(together, output => Assert.True(float.IsFinite(output)));
        Assert.Equal(alone, together[network.OutputLength..]);
        Assert.True(together.Distinct().Count() > together.Length / 2, "Most outputs should differ.");
    }

    private static float[] Predict(INetwork network, float[] images, int count)
    {
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = count, Threads = count });
        float[] outputs = new float[count * network.OutputLength];
        predictor.Predict(images, outputs);
        return outputs;
    }

    private static void Learns(INetwork network)
    {
        const int Batch = 4;
        const int Steps = 6;
        float[] images = TestData.Reals(Batch * network.InputLength, seed: 3);
        int[] labels = TestData.Labels(Batch, network.OutputLength, seed: 4);
        using ITrainer trainer = network.CreateTrainer(new Sgd(0.02f) { Momentum = 0.9f }, Loss.CrossEntropy(), new TrainerOptions
        {
            BatchSize = Batch,
            Threads = 2,
        });
        float[] losses = [.. Enumerable.Range(0, Steps).Select(_ => trainer.Step(images, labels))];
        Assert.All(losses, loss => Assert.True(float.IsFinite(loss)));
        Assert.True(losses[^1] < 0.9f * losses[0], $"The loss went {string.Join(", ", losses)}.");
    }
}
