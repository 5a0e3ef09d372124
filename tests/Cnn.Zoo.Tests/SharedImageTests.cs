using Cnn.Functional.Tests.Support;
using Cnn.Zoo;

namespace Cnn.Zoo.Tests;

/// <summary>Fewer images than workers, so that several workers do each image together and meet where one reads what another has written.</summary>
public sealed class SharedImageTests
{
    private const int Images = 2;

    /// <summary>A missing meeting shows only where one worker is late, so that it takes a few runs to see it.</summary>
    private const int Runs = 8;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void ResNet18_gives_the_bits_of_one_worker(int workers) => GivesTheBitsOfOneWorker(new ResNet18(seed: 1), workers);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void MobileNetV2_gives_the_bits_of_one_worker(int workers) => GivesTheBitsOfOneWorker(new MobileNetV2(seed: 1), workers);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void GoogLeNet_gives_the_bits_of_one_worker(int workers) => GivesTheBitsOfOneWorker(new GoogLeNet(seed: 1), workers);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void ResNet20_gives_the_bits_of_one_worker(int workers) => GivesTheBitsOfOneWorker(new ResNet20(seed: 1), workers);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void SmallDenseNet_gives_the_bits_of_one_worker(int workers) => GivesTheBitsOfOneWorker(new SmallDenseNet(seed: 1), workers);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void SmallUNet_gives_the_bits_of_one_worker(int workers) => GivesTheBitsOfOneWorker(new SmallUNet(seed: 1), workers);

    private static void GivesTheBitsOfOneWorker(INetwork network, int workers)
    {
        float[] images = TestData.Reals(Images * network.InputLength, seed: 2);
        float[] expected = new float[Images * network.OutputLength];
        using (IPredictor one = network.CreatePredictor(new PredictorOptions { BatchSize = Images, Threads = 1 }))
            one.Predict(images, expected);
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Images, Threads = workers });
        float[] outputs = new float[expected.Length];
        for (int run = 0; run < Runs; run++)
        {
            // Two images with two workers are not shared.
            int together = workers > Images && run % 2 == 0 ? Images : 1;
            Array.Clear(outputs);
            predictor.Predict(images.AsSpan(0, together * network.InputLength), outputs.AsSpan(0, together * network.OutputLength));
            Assert.Equal(expected.AsSpan(0, together * network.OutputLength), outputs.AsSpan(0, together * network.OutputLength));
        }
    }
}
