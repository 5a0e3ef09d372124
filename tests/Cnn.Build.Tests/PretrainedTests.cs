using Cnn.CompilerServices;
using Cnn.Data;
using Cnn.Generator.Tests.Harness;
using Cnn.Training;
using EmbeddedLeNet;

namespace Cnn.Build.Tests;

/// <summary>Weights that the build of this very project put into its assembly.</summary>
public sealed class PretrainedTests
{
    private const int Inputs = 64;

    private static string WeightsPath => Path.Combine(RepositoryFolder.Find("samples", "EmbeddedLeNet"), "digits.safetensors");

    [Fact]
    public void Pretrained_gives_the_bits_of_a_predictor_whose_weights_come_from_the_file()
    {
        using LeNet.Predictor embedded = LeNet.CreatePretrained(new PredictorOptions { BatchSize = Inputs, Threads = 2 });
        using LeNet.Predictor loaded = LeNet.Load(WeightsPath).CreatePredictor(new PredictorOptions { BatchSize = Inputs });
        Assert.Equal(loaded.Weights.All, embedded.Weights.All);
        Assert.Equal(Outputs(loaded), Outputs(embedded));
    }

    /// <summary>Unfolded is the same network with frozen norms in a trainer, which keeps statistics and normalises by them.</summary>
    [Fact]
    public void Folded_and_unfolded_agree_within_4_units_in_the_last_place_of_the_largest_output()
    {
        using LeNet.Predictor folded = LeNet.CreatePretrained(new PredictorOptions { BatchSize = Inputs });
        using UnfoldedLeNet.Trainer unfolded = UnfoldedLeNet.Load(WeightsPath)
            .CreateTrainer(new Sgd(0), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Inputs });
        unfolded.ForwardBackward(Seeded(), new int[Inputs]);
        AssertClose(unfolded.Outputs, Outputs(folded));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_convolution_and_one_norm_agree_as_closely(int seed)
    {
        ConvNorm network = new(seed);
        Random random = new(seed);
        foreach (Parameter parameter in network.Parameters.Where(parameter => parameter.Name.StartsWith("batchnorm1.", StringComparison.Ordinal)))
        {
            foreach (ref float value in parameter.Values)
                value = 0.5f + random.NextSingle();
        }

        float[] inputs = [.. Enumerable.Range(0, ConvNorm.InputLength).Select(_ => random.NextSingle() - 0.5f)];
        float[] outputs = new float[ConvNorm.OutputLength];
        using ConvNorm.Predictor folded = network.CreatePredictor();
        folded.Predict(inputs, outputs);
        using ConvNorm.Trainer unfolded = network.CreateTrainer(new Sgd(0), Loss.MeanSquaredError(), new TrainerOptions { BatchSize = 1 });
        unfolded.ForwardBackward(inputs, new float[ConvNorm.OutputLength]);
        AssertClose(unfolded.Outputs, outputs);
    }

    private static void AssertClose(ReadOnlySpan<float> unfolded, float[] folded)
    {
        float largest = folded.Max(MathF.Abs);
        float unit = MathF.BitIncrement(largest) - largest;
        int different = 0;
        for (int index = 0; index < folded.Length; index++)
        {
            Assert.InRange(MathF.Abs(folded[index] - unfolded[index]) / unit, 0, 4);
            different += folded[index] == unfolded[index] ? 0 : 1;
        }

        // Else the norm was folded in both, or in none.
        Assert.NotEqual(0, different);
    }

    [Fact]
    public void Pretrained_reads_digits_with_float32_weights_and_with_int8_ones()
    {
        using LeNet.Predictor floats = LeNet.Pretrained;
        using Int8LeNet.Predictor wholes = Int8LeNet.Pretrained;
        Assert.InRange(RightOf500(floats), 490, 500);
        Assert.InRange(RightOf500(wholes), 490, 500);
        Assert.NotEqual(Outputs(floats, 1), Outputs(wholes, 1));
    }

    [Fact]
    public void Int8_weights_are_those_that_the_storage_leaves()
    {
        using Int8LeNet.Predictor embedded = Int8LeNet.Pretrained;
        using Int8LeNet.Predictor loaded = Int8LeNet.Load(WeightsPath).CreatePredictor();
        loaded.Weights.Round(WeightStorage.Int8);
        Assert.Equal(loaded.Weights.All, embedded.Weights.All);
    }

    private static int RightOf500(IPredictor predictor)
    {
        ImageDataset digits = RenderedDigits.Create(500, seed: 3, DatasetPart.Test);
        float[] image = new float[LeNet.InputLength];
        int right = 0;
        for (int index = 0; index < digits.Count; index++)
        {
            digits.CopyImage(index, image);
            right += predictor.Classify(image) == digits.Labels[index] ? 1 : 0;
        }

        return right;
    }

    [Fact]
    public void Predictors_share_the_weights_and_nothing_else()
    {
        LeNet.Predictor first = LeNet.Pretrained;
        using LeNet.Predictor second = LeNet.Pretrained;
        Assert.NotSame(first, second);
        Assert.True(first.Weights.All == second.Weights.All);
        int digit = second.Classify(new float[LeNet.InputLength]);
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.Classify(new float[LeNet.InputLength]));
        Assert.Equal(digit, second.Classify(new float[LeNet.InputLength]));
    }

    [Theory]
    [InlineData("Cnn.Weights.Nobody", 0, 0u, "has no resource 'Cnn.Weights.Nobody'")]
    [InlineData("Cnn.Weights.EmbeddedLeNet.LeNet", 0, 0u, "was packed for another declaration of the network")]
    public void Weights_of_another_declaration_are_refused(string resource, int floats, uint fingerprint, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<WeightsException>(() => new EmbeddedWeights(typeof(LeNet).Assembly, resource, floats, fingerprint).Packed).Message,
            StringComparison.Ordinal);

    private static float[] Outputs(IPredictor predictor, int count = Inputs)
    {
        float[] outputs = new float[count * LeNet.OutputLength];
        predictor.Predict(Seeded().AsSpan(0, count * LeNet.InputLength), outputs);
        return outputs;
    }

    private static float[] Seeded()
    {
        Random random = new(17);
        float[] inputs = new float[Inputs * LeNet.InputLength];
        foreach (ref float input in inputs.AsSpan())
            input = random.NextSingle();
        return inputs;
    }
}
