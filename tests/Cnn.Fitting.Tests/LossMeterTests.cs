using Cnn.Fitting.Tests.Tasks;

namespace Cnn.Fitting.Tests;

[Network]
[Input(3, 4, Layout = DataLayout.ChannelsLast)]
[Conv(6, 3, Padding = 1), Tanh, Conv(2, 1), Output(Layout = DataLayout.ChannelsLast)]
public sealed partial class LastNetwork;

/// <summary>The loss of predictions is what a trainer says of the same images.</summary>
public sealed class LossMeterTests
{
    private const int Images = 6;

    public static TheoryData<string> Losses => ["mse", "huber", "bce", "dice", "custom", "scaled"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_of_values_is_that_of_the_trainer_in_any_batches_and_channels_last(string name)
    {
        Loss loss = name switch
        {
            "mse" => Loss.MeanSquaredError(),
            "huber" => Loss.Huber(0.5f),
            "bce" => Loss.BinaryCrossEntropy(),
            "dice" => Loss.Dice(),
            "custom" => Loss.Custom("first", static (y, t, gradients) => y[0] * t[1]),
            _ => 0.25f * Loss.MeanAbsoluteError(),
        };
        LastNetwork network = new(seed: 1);
        float[] inputs = Random(Images * LastNetwork.InputLength, 1);
        float[] targets = Random(Images * LastNetwork.OutputLength, 2);
        float[] weights = [1, 0, 2, 0.5f, 1, 3];
        OutputTarget whole = name == "custom" ? targets : new OutputTarget(targets.AsMemory()) { Weights = weights };
        double expected;
        using (LastNetwork.Trainer trainer = network.CreateTrainer(new Sgd(0), loss, new TrainerOptions { BatchSize = Images }))
            expected = trainer.ForwardBackward(inputs, [whole]);

        float[] outputs = new float[targets.Length];
        using LastNetwork.Predictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Images });
        predictor.Predict(inputs, outputs);
        LossMeter meter = new(network, loss, batchSize: Images);
        if (name == "custom")
        {
            meter.Add(outputs, [whole]);
        }
        else
        {
            Add(0, 4);
            Add(4, 6);
        }

        Assert.Equal(expected, meter.Mean, 1e-5);
        meter.Reset();
        Assert.Equal(0, meter.Mean);

        void Add(int from, int to)
        {
            int length = LastNetwork.OutputLength;
            OutputTarget part = new(targets.AsMemory(from * length, (to - from) * length)) { Weights = weights.AsMemory(from, to - from) };
            meter.Add(outputs.AsSpan(from * length, (to - from) * length), [part]);
        }
    }

    [Fact]
    public void Several_outputs_have_their_parts_and_one_without_target_has_none()
    {
        Portrait network = new(seed: 1);
        Loss loss = Loss.Each(Loss.CrossEntropy(0.1f), 3 * Loss.MeanSquaredError());
        float[] inputs = Random(Images * Portrait.InputLength, 3);
        int[] kinds = [0, 1, 2, 3, 0, 1];
        float[] brightness = Random(Images, 4);
        float[] parts;
        using (Portrait.Trainer trainer = network.CreateTrainer(new Sgd(0), loss, new TrainerOptions { BatchSize = Images }))
        {
            trainer.ForwardBackward(inputs, [kinds, brightness]);
            parts = trainer.OutputLosses.ToArray();
        }

        float[] outputs = new float[Images * Portrait.OutputLength];
        using IPredictor predictor = ((INetwork)network).CreatePredictor(new PredictorOptions { BatchSize = Images });
        predictor.Predict(inputs, outputs);
        LossMeter meter = new(network, loss, batchSize: Images);
        meter.Add(outputs, [kinds, brightness]);
        Assert.Equal(parts[0], meter.MeanOf(0), 1e-5);
        Assert.Equal(parts[1], meter.MeanOf(1), 1e-5);
        Assert.Equal(meter.MeanOf(0) + meter.MeanOf(1), meter.Mean, 1e-12);
        meter.Reset();
        meter.Add(outputs, [kinds, OutputTarget.None]);
        Assert.Equal(meter.MeanOf(0), meter.Mean);
        Assert.Throws<ArgumentException>(() => meter.Add(outputs, [kinds]));
        Assert.Throws<ArgumentException>(() => meter.Add(outputs.AsSpan(1), [kinds, brightness]));
    }

    private static float[] Random(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }
}
