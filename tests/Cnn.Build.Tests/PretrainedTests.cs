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
        Assert.Equal(loaded.Packed, embedded.Packed);
        Assert.Equal(Outputs(loaded), Outputs(embedded));
    }

    /// <summary>Unfolded is the same network with frozen norms in a trainer, which keeps statistics and normalises by them.</summary>
    [Fact]
    public void Folded_and_unfolded_agree_within_4_units_in_the_last_place_of_the_largest_output()
    {
        using LeNet.Predictor folded = LeNet.CreatePretrained(new PredictorOptions { BatchSize = Inputs });
        using UnfoldedLeNet.Trainer unfolded = UnfoldedLeNet.Load(WeightsPath).CreateTrainer(new Sgd(0), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Inputs });
        unfolded.ForwardBackward(Seeded(), new int[Inputs]);
        float[] outputs = Outputs(folded);
        float largest = outputs.Max(MathF.Abs);
        float unit = MathF.BitIncrement(largest) - largest;
        for (int index = 0; index < outputs.Length; index++)
            Assert.InRange(MathF.Abs(outputs[index] - unfolded.Outputs[index]) / unit, 0, 4);
        Assert.Contains(Enumerable.Range(0, outputs.Length), index => outputs[index] != unfolded.Outputs[index]);
    }

    [Fact]
    public void Pretrained_reads_digits()
    {
        ImageDataset digits = RenderedDigits.Create(500, seed: 3, DatasetPart.Test);
        using LeNet.Predictor predictor = LeNet.Pretrained;
        float[] image = new float[LeNet.InputLength];
        int right = 0;
        for (int index = 0; index < digits.Count; index++)
        {
            digits.CopyImage(index, image);
            right += predictor.Classify(image) == digits.Labels[index] ? 1 : 0;
        }

        Assert.InRange(right, 490, 500);
    }

    [Fact]
    public void Predictors_share_the_weights_and_nothing_else()
    {
        LeNet.Predictor first = LeNet.Pretrained;
        using LeNet.Predictor second = LeNet.Pretrained;
        Assert.NotSame(first, second);
        Assert.True(first.Packed == second.Packed);
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

    private static float[] Outputs(IPredictor predictor)
    {
        float[] outputs = new float[Inputs * LeNet.OutputLength];
        predictor.Predict(Seeded(), outputs);
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
