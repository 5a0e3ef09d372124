using Cnn.CompilerServices;
using Cnn.Functional.Tests.Support;
using Cnn.Zoo;

namespace Cnn.Zoo.Tests;

/// <summary>Whole networks whose weights are kept in fewer bits: Winograd's points, panels and blocks that several workers take in turn.</summary>
public sealed class StoredWeightsTests
{
    private const int Images = 2;

    [Theory]
    [InlineData(WeightStorage.BFloat16)]
    [InlineData(WeightStorage.Int8)]
    public void ResNet18_computes_with_the_rounded_weights(WeightStorage storage) => ComputesWithTheRounded(new ResNet18(seed: 1), storage);

    [Theory]
    [InlineData(WeightStorage.BFloat16)]
    [InlineData(WeightStorage.Int8)]
    public void MobileNetV2_computes_with_the_rounded_weights(WeightStorage storage) => ComputesWithTheRounded(new MobileNetV2(seed: 1), storage);

    [Theory]
    [InlineData(WeightStorage.BFloat16)]
    [InlineData(WeightStorage.Int8)]
    public void SmallUNet_computes_with_the_rounded_weights(WeightStorage storage) => ComputesWithTheRounded(new SmallUNet(seed: 1), storage);

    private static void ComputesWithTheRounded(INetwork network, WeightStorage storage)
    {
        float[] images = TestData.Reals(Images * network.InputLength, seed: 2);
        float[] expected = new float[Images * network.OutputLength];
        using (PredictorCore rounded = (PredictorCore)network.CreatePredictor(new PredictorOptions { BatchSize = Images }))
        {
            rounded.Weights.Round(storage);
            rounded.Predict(images, expected);
        }

        foreach (int workers in new[] { 1, 2, 3 })
        {
            using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Images, Threads = workers, Weights = storage });
            float[] outputs = new float[expected.Length];
            predictor.Predict(images, outputs);
            Assert.Equal(expected, outputs);
        }
    }
}
