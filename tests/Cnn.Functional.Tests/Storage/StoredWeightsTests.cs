using Cnn.CompilerServices;
using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;
using Cnn.Reference;

namespace Cnn.Functional.Tests.Storage;

/// <summary>Predictors that keep their weights in fewer bits compute what predictors of floats compute whose weights were rounded likewise.</summary>
public sealed class StoredWeightsTests
{
    private const int Images = 5;

    public static TheoryData<string, WeightStorage> Cases
    {
        get
        {
            TheoryData<string, WeightStorage> data = [];
            foreach (ReferenceCase reference in ReferenceCases.All)
            {
                data.Add(reference.Name, WeightStorage.BFloat16);
                data.Add(reference.Name, WeightStorage.Int8);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_bits_are_those_of_floats_that_were_rounded_before(string name, WeightStorage storage)
    {
        INetwork network = ReferenceCases.All.Single(reference => reference.Name == name).Create();
        TestData.Stir(network, seed: 5);
        float[] inputs = TestData.Reals(Images * network.InputLength, seed: 6);
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            float[] expected = Rounded(network, storage, inputs);
            foreach (int threads in new[] { 1, 2, 3 })
            {
                using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Images, Threads = threads, Weights = storage });
                foreach (int images in new[] { 1, 2, Images })
                {
                    float[] outputs = new float[images * network.OutputLength];
                    predictor.Predict(inputs.AsSpan(0, images * network.InputLength), outputs);
                    Tolerance.SameBits(Expected(expected, network, images), outputs, $"{set}, {threads} threads, {images} images");
                }
            }
        }
    }

    [Theory]
    [InlineData(WeightStorage.BFloat16, 2)]
    [InlineData(WeightStorage.Int8, 4)]
    public void LeNet_takes_the_memory_of_fewer_bits_and_its_clones_share_it(WeightStorage storage, int fraction)
    {
        LeNet network = new(seed: 3);
        using LeNet.Predictor floats = network.CreatePredictor();
        using LeNet.Predictor stored = network.CreatePredictor(new PredictorOptions { Weights = storage });
        Assert.InRange(stored.Weights.Bytes, floats.Weights.Bytes / fraction, (floats.Weights.Bytes / fraction) + (floats.Weights.Bytes / 50));
        using LeNet.Predictor clone = stored.Clone();
        Assert.Same(stored.Weights, clone.Weights);
        float[] input = TestData.Reals(LeNet.InputLength, 4);
        float[] first = new float[LeNet.OutputLength], second = new float[LeNet.OutputLength], whole = new float[LeNet.OutputLength];
        stored.Predict(input, first);
        clone.Predict(input, second);
        floats.Predict(input, whole);
        Tolerance.SameBits(first, second, "a clone's outputs");
        Assert.NotEqual(whole, first);
        Assert.All(whole.Zip(first), pair => Assert.InRange(pair.Second, pair.First - 0.01f, pair.First + 0.01f));
    }

    [Theory]
    [InlineData(WeightStorage.BFloat16)]
    [InlineData(WeightStorage.Int8)]
    public void Nothing_is_allocated_in_a_call(WeightStorage storage)
    {
        LeNet network = new(seed: 3);
        using LeNet.Predictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = 3, Weights = storage });
        float[] inputs = TestData.Reals(3 * LeNet.InputLength, 4), outputs = new float[3 * LeNet.OutputLength];
        predictor.Predict(inputs, outputs);
        Assert.Equal(0, Allocations.Least(() => predictor.Predict(inputs, outputs)));
        Assert.Equal(0, Allocations.Least(() => predictor.Classify(inputs.AsSpan(0, LeNet.InputLength))));
    }

    [Fact]
    public void A_storage_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeNet(seed: 3).CreatePredictor(new PredictorOptions { Weights = (WeightStorage)3 }));

    private static float[] Rounded(INetwork network, WeightStorage storage, float[] inputs)
    {
        using PredictorCore predictor = (PredictorCore)network.CreatePredictor(new PredictorOptions { BatchSize = Images });
        predictor.Weights.Round(storage);
        float[] outputs = new float[Images * network.OutputLength];
        predictor.Predict(inputs, outputs);
        return outputs;
    }

    /// <summary>The first images' part of each output.</summary>
    private static float[] Expected(float[] outputs, INetwork network, int images)
    {
        List<float> expected = [];
        int start = 0;
        foreach (Port output in network.Outputs)
        {
            expected.AddRange(outputs.AsSpan(start, images * output.Length));
            start += Images * output.Length;
        }

        return [.. expected];
    }
}
