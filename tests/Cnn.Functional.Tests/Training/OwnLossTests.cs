using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

/// <summary>Steps in two halves, and losses of one's own, on generated networks.</summary>
public sealed class OwnLossTests
{
    private const int Images = 5;

    private static readonly Dictionary<string, Func<INetwork>> Creators = new()
    {
        ["norms, dropout and padding"] = () => new Small(seed: 1),
        ["a map"] = () => new PerPosition(seed: 1),
        ["frozen layers"] = () => new PartlyFrozen(seed: 1),
        ["LeNet"] = () => new LeNet(seed: 1),
    };

    public static TheoryData<string> Names => [.. Creators.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_halves_are_a_whole(string name)
    {
        for (int threads = 1; threads <= 3; threads++)
            TwoHalvesAreAWhole(name, threads);
    }

    [Fact]
    public void Two_halves_and_weighted_steps_allocate_nothing()
    {
        float[] inputs = TestData.Reals(Images * LeNet.InputLength, 1);
        TargetSet targets =
            [new OutputTarget(TestData.Labels(Images, LeNet.OutputLength, 2)) { Weights = TestData.Reals(Images, 3).Select(Math.Abs).ToArray() }];
        using LeNet.Trainer trainer = new LeNet().CreateTrainer(new AdamW(0.001f), 0.5f * Loss.CrossEntropy(0.1f), new TrainerOptions
        {
            BatchSize = Images,
            Threads = 2,
            Trains = parameter => parameter.Name != "conv1.bias",
            Groups = [ParameterGroup.BiasesAndNorms()],
        });

        void Steps()
        {
            trainer.Forward(inputs);
            trainer.OutputGradients.Fill(0.01f);
            trainer.Backward();
            trainer.Update();
            trainer.Step(inputs, targets);
        }

        Steps();
        Assert.Equal(0, Allocations.Least(Steps));
    }

    [Fact]
    public void A_generator_learns_from_the_gradients_of_its_critics_inputs()
    {
        Independent critic = new(seed: 2);
        OnlyAffine generator = new(seed: 3);
        float[] noise = TestData.Reals(Images * OnlyAffine.InputLength, 4);
        int[] wanted = [.. Enumerable.Repeat(1, Images)];
        using OnlyAffine.Trainer making = generator.CreateTrainer(new Adam(0.1f), Loss.MeanSquaredError(), new TrainerOptions { BatchSize = Images });
        using Independent.Trainer judging = critic.CreateTrainer(new Sgd(0), Loss.CrossEntropy(), new TrainerOptions
        {
            BatchSize = Images,
            InputGradients = true,
        });
        float first = 0, last = 0;
        for (int step = 0; step < 100; step++)
        {
            last = judging.ForwardBackward(making.Forward(noise), wanted);
            first = step == 0 ? last : first;
            judging.InputGradients.CopyTo(making.OutputGradients);
            making.Backward();
            making.Update();
        }

        // The critic's Tanh bounds how sure any input can make it.
        Assert.True(last < 0.6f * first, FormattableString.Invariant($"The loss went from {first} to {last}."));
    }

    [Fact]
    public void A_head_is_trained_on_the_body_of_another_network()
    {
        Small trained = new(seed: 5), fresh = new(seed: 6);
        using MemoryStream file = new();
        trained.Parameters.Where(parameter => !parameter.Name.StartsWith("linear2", StringComparison.Ordinal)).Save(file);
        file.Position = 0;
        LoadReport report = fresh.LoadMatching(file);
        Assert.Equal(["linear2.weight", "linear2.bias"], report.Missing);
        float[] body = fresh.Parameters["conv1.weight"].Values.ToArray();
        Tolerance.SameBits(trained.Parameters["conv1.weight"].Values, body, "the body");
        float[] head = fresh.Parameters["linear2.weight"].Values.ToArray();
        using (Small.Trainer trainer = fresh.CreateTrainer(
            new AdamW(0.1f), Loss.CrossEntropy(), new TrainerOptions { Trains = parameter => parameter.Name.StartsWith("linear2", StringComparison.Ordinal) }))
        {
            trainer.Step(TestData.Reals(Images * Small.InputLength, 7), TestData.Labels(Images, Small.OutputLength, 8));
        }

        Tolerance.SameBits(body, fresh.Parameters["conv1.weight"].Values, "the body after a step");
        Assert.NotEqual(head, fresh.Parameters["linear2.weight"].Values.ToArray());
    }

    private static void TwoHalvesAreAWhole(string name, int threads)
    {
        INetwork network = Creators[name]();
        float[] inputs = TestData.Reals(Images * network.InputLength, 1);
        float[] targets = TestData.Reals(Images * network.OutputLength, 2);
        float[] slopes, gradients, inputGradients, outputs, parameters;
        using (ITrainer whole = Train(network, threads))
        {
            whole.ForwardBackward(inputs, targets);
            (slopes, gradients, inputGradients, outputs) =
                (whole.OutputGradients.ToArray(), whole.Gradients.ToArray(), whole.InputGradients.ToArray(), whole.Outputs.ToArray());
            whole.Update();
            parameters = TestData.Parameters(network);
        }

        network = Creators[name]();
        using ITrainer halves = Train(network, threads);
        Tolerance.SameBits(outputs, halves.Forward(inputs), "the outputs");
        slopes.CopyTo(halves.OutputGradients);
        halves.Backward();
        Tolerance.SameBits(gradients, halves.Gradients, "the gradients");
        Tolerance.SameBits(inputGradients, halves.InputGradients, "the gradients of the input");
        halves.Update();
        Tolerance.SameBits(parameters, TestData.Parameters(network), "the parameters");
        Assert.Throws<InvalidOperationException>(halves.Backward);
    }

    private static ITrainer Train(INetwork network, int threads) => network.CreateTrainer(
        new Sgd(0.1f) { Momentum = 0.9f }, Loss.MeanSquaredError(), new TrainerOptions { BatchSize = Images, Threads = threads, InputGradients = true });
}
