using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

public sealed class PersistenceTests
{
    private const int Images = 4;

    public static TheoryData<string> Optimizers => ["sgd", "momentum", "adam", "adamw", "rmsprop"];

    [Fact]
    public void A_saved_network_loads_with_the_same_bits()
    {
        Small network = new(seed: 1);
        using Small.Trainer trainer = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Images });
        Steps(trainer, 0, 3);
        using MemoryStream stream = new();
        network.Save(stream);
        stream.Position = 0;
        Small loaded = Small.Load(stream);
        Tolerance.SameBits(TestData.Parameters(network), TestData.Parameters(loaded), "the parameters");
        float[] input = TestData.Reals(Small.InputLength, 1);
        Tolerance.SameBits(Predict(network, input), Predict(loaded, input), "the outputs");
    }

    [Fact]
    public void A_file_of_another_network_is_refused_with_all_that_does_not_fit()
    {
        using MemoryStream stream = new();
        new Independent().Save(stream);
        stream.Position = 0;
        string message = Assert.Throws<WeightsException>(() => Small.Load(stream)).Message;
        Assert.Contains("batchnorm1.running_mean", message, StringComparison.Ordinal);
        Assert.Contains("conv2.weight", message, StringComparison.Ordinal);
        Assert.Contains("linear1.weight", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_resumed_from_a_saved_state_goes_on_with_the_same_bits(string optimizer)
    {
        Small whole = new(seed: 1);
        using (Small.Trainer trainer = Train(whole, optimizer))
            Steps(trainer, 0, 50);

        using MemoryStream state = new();
        using (Small.Trainer trainer = Train(new Small(seed: 1), optimizer))
        {
            Steps(trainer, 0, 20);
            trainer.SaveState(state);
        }

        state.Position = 0;
        Small resumed = new(seed: 99);
        using (Small.Trainer trainer = Train(resumed, optimizer))
        {
            trainer.LoadState(state);
            Steps(trainer, 20, 50);
        }

        Tolerance.SameBits(TestData.Parameters(whole), TestData.Parameters(resumed), "the parameters");
    }

    [Fact]
    public void A_state_loaded_over_parameters_that_were_looked_at_or_written_wins()
    {
        Small network = new(seed: 1);
        using Small.Trainer trainer = Train(network, "momentum");
        Steps(trainer, 0, 2);
        using MemoryStream state = new();
        trainer.SaveState(state);
        Steps(trainer, 2, 4);
        float[] expected = TestData.Parameters(network);
        TestData.Stir(network, 3);
        state.Position = 0;
        trainer.LoadState(state);
        Steps(trainer, 2, 4);
        Tolerance.SameBits(expected, TestData.Parameters(network), "the parameters");
    }

    [Fact]
    public void A_loaded_state_is_what_a_trainer_leaves_behind_that_is_disposed_at_once()
    {
        Small network = new(seed: 1);
        using MemoryStream state = new();
        float[] expected;
        using (Small.Trainer trainer = Train(network, "momentum"))
        {
            Steps(trainer, 0, 2);
            trainer.SaveState(state);
            expected = TestData.Parameters(network);
            Steps(trainer, 2, 4);
            _ = TestData.Parameters(network);
            state.Position = 0;
            trainer.LoadState(state);
        }

        Tolerance.SameBits(expected, TestData.Parameters(network), "the parameters");
    }

    [Fact]
    public void A_damaged_state_is_refused_and_changes_nothing()
    {
        Small network = new(seed: 1);
        using Small.Trainer trainer = Train(network, "adam");
        Steps(trainer, 0, 2);
        using MemoryStream stream = new();
        trainer.SaveState(stream);
        byte[] whole = stream.ToArray();
        Steps(trainer, 2, 4);
        byte[] notFinite = [.. whole];
        BitConverter.GetBytes(float.NaN).CopyTo(notFinite, whole.Length - 4);
        foreach (byte[] damaged in new[] { [], whole[..7], whole[..100], whole[..^1], [.. whole, 0], notFinite })
            Refused(network, trainer, damaged);
    }

    [Fact]
    public void A_state_of_another_network_optimiser_or_seed_is_refused_and_changes_nothing()
    {
        Small network = new(seed: 1);
        using Small.Trainer trainer = Train(network, "adam");
        Steps(trainer, 0, 2);
        Refused(network, trainer, State(Train(new Small(), "momentum")), "the optimiser was");
        Refused(network, trainer, State(new Small().CreateTrainer(new Adam(0.01f), Loss.CrossEntropy(), new TrainerOptions { Seed = 4 })),
            "the seed was '4' and is '3' here");
        Refused(network, trainer,
            State(new Independent().CreateTrainer(Optimizer("adam"), Loss.CrossEntropy(), new TrainerOptions { Seed = 3 })), "does not fit");
        using MemoryStream weights = new();
        network.Save(weights);
        Refused(network, trainer, weights.ToArray(), "no trainer state");
    }

    [Fact]
    public void A_learning_rate_that_a_schedule_has_lowered_is_part_of_the_state()
    {
        Sgd lowered = new(0.1f) { Momentum = 0.9f };
        using MemoryStream state = new();
        using (Small.Trainer trainer = new Small().CreateTrainer(lowered, Loss.CrossEntropy()))
        {
            lowered.LearningRate = 0.025f;
            trainer.SaveState(state);
        }

        state.Position = 0;
        Sgd fresh = new(0.1f) { Momentum = 0.9f };
        using Small.Trainer resumed = new Small().CreateTrainer(fresh, Loss.CrossEntropy());
        resumed.LoadState(state);
        Assert.Equal(0.025f, fresh.LearningRate);
    }

    private static void Refused(Small network, ITrainer trainer, byte[] state, string messagePart = "")
    {
        float[] parameters = TestData.Parameters(network);
        byte[] before = State(trainer, dispose: false);
        Assert.Contains(messagePart, Assert.Throws<WeightsException>(() => trainer.LoadState(new MemoryStream(state))).Message, StringComparison.Ordinal);
        Tolerance.SameBits(parameters, TestData.Parameters(network), "the parameters");
        Assert.Equal(before, State(trainer, dispose: false));
    }

    private static byte[] State(ITrainer trainer, bool dispose = true)
    {
        using MemoryStream stream = new();
        trainer.SaveState(stream);
        if (dispose)
            trainer.Dispose();
        return stream.ToArray();
    }

    private static Small.Trainer Train(Small network, string optimizer) =>
        network.CreateTrainer(Optimizer(optimizer), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Images, Seed = 3 });

    private static Optimizer Optimizer(string name) => name switch
    {
        "sgd" => new Sgd(0.05f),
        "momentum" => new Sgd(0.05f) { Momentum = 0.9f, WeightDecay = 0.001f },
        "adam" => new Adam(0.01f),
        "adamw" => new AdamW(0.01f),
        _ => new RmsProp(0.01f) { Momentum = 0.5f },
    };

    private static void Steps(ITrainer trainer, int from, int to)
    {
        for (int step = from; step < to; step++)
            trainer.Step(TestData.Reals(Images * Small.InputLength, step), TestData.Labels(Images, Small.OutputLength, step));
    }

    private static float[] Predict(Small network, float[] input)
    {
        float[] outputs = new float[Small.OutputLength];
        using Small.Predictor predictor = network.CreatePredictor();
        predictor.Predict(input, outputs);
        return outputs;
    }
}
