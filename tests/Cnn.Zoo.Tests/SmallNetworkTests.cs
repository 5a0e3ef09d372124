using Cnn.Functional.Tests.Support;
using Cnn.Zoo;

namespace Cnn.Zoo.Tests;

/// <summary>Small networks of the blocks from which the full-size ones are built: they predict and learn, with any number of workers.</summary>
public sealed class SmallNetworkTests
{
    private const int Batch = 4;

    private static readonly Dictionary<string, Func<INetwork>> Makers = new()
    {
        [nameof(SmallEfficientNet)] = () => new SmallEfficientNet(seed: 1),
        [nameof(SmallMobileNetV3)] = () => new SmallMobileNetV3(seed: 1),
        [nameof(SmallShuffleNet)] = () => new SmallShuffleNet(seed: 1),
        [nameof(SmallRegNet)] = () => new SmallRegNet(seed: 1),
        [nameof(SmallConvNext)] = () => new SmallConvNext(seed: 1),
        [nameof(SmallDeepLab)] = () => new SmallDeepLab(seed: 1),
        [nameof(SmallYolox)] = () => new SmallYolox(seed: 1),
        [nameof(SmallEspcn)] = () => new SmallEspcn(seed: 1),
        [nameof(SmallFcos)] = () => new SmallFcos(seed: 1),
        [nameof(SmallTemporalNet)] = () => new SmallTemporalNet(seed: 1),
        [nameof(SmallVideoNet)] = () => new SmallVideoNet(seed: 1),
    };

    public static TheoryData<string> Names => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Workers_and_batches_do_not_change_a_bit_of_a_prediction(string name)
    {
        INetwork network = Makers[name]();
        float[] images = TestData.Reals(2 * network.InputLength, seed: 2);
        float[] together = Predict(network, images, 2, 3);
        float[] alone = Predict(network, images[network.InputLength..], 1, 1);
        Assert.All(together, output => Assert.True(float.IsFinite(output)));
        // The outputs of a batch lie port by port.
        int start = 0;
        List<float> second = [];
        foreach (Port port in network.Outputs)
        {
            second.AddRange(together[(start + port.Length)..(start + (2 * port.Length))]);
            start += 2 * port.Length;
        }

        Assert.Equal(alone, second);
        Assert.True(alone.Distinct().Count() > 8, "Outputs should differ.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_few_steps_come_nearer_to_given_outputs(string name)
    {
        INetwork network = Makers[name]();
        float[] images = TestData.Reals(Batch * network.InputLength, seed: 3);
        float[] targets = TestData.Reals(Batch * network.OutputLength, seed: 4);
        using ITrainer trainer = network.CreateTrainer(new Adam(0.01f), Loss.Each([.. network.Outputs.Select(_ => Loss.MeanSquaredError())]), new TrainerOptions
        {
            BatchSize = Batch,
            Threads = 2,
        });
        double[] errors = [.. Enumerable.Range(0, 8).Select(_ => Step(trainer, images, targets))];
        Assert.All(errors, error => Assert.True(double.IsFinite(error)));
        Assert.True(errors[^1] < 0.95 * errors[0], $"The error went {string.Join(", ", errors)}.");
        Assert.All(network.Parameters, parameter => Assert.DoesNotContain(parameter.Values.ToArray(), value => !float.IsFinite(value)));
    }

    [Fact]
    public void A_factor_starts_as_its_declaration_says() =>
        Assert.All(new SmallConvNext().Parameters["convnextblock2.scale1.weight"].Values.ToArray(), value => Assert.Equal(1e-6f, value));

    /// <summary>A step towards the least mean square of all outputs; its error before.</summary>
    private static double Step(ITrainer trainer, float[] images, float[] targets)
    {
        ReadOnlySpan<float> outputs = trainer.Forward(images);
        double sum = 0;
        for (int index = 0; index < outputs.Length; index++)
        {
            double difference = outputs[index] - targets[index];
            sum += difference * difference;
            trainer.OutputGradients[index] = (float)(2 * difference / outputs.Length);
        }

        trainer.Backward();
        trainer.Update();
        return sum / targets.Length;
    }

    private static float[] Predict(INetwork network, float[] images, int count, int workers)
    {
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = count, Threads = workers });
        float[] outputs = new float[count * network.OutputLength];
        predictor.Predict(images, outputs);
        return outputs;
    }
}
