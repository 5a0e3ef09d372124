using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

public sealed class DropoutTests
{
    private const int Images = 4;
    private static readonly float[] Ones = [.. Enumerable.Repeat(1f, Images * OnlyDropout.InputLength)];

    [Fact]
    public void A_trainer_drops_the_given_share_and_scales_what_it_keeps()
    {
        using OnlyDropout.Trainer trainer = Train(seed: 1);
        float[] outputs = Pass(trainer);
        Assert.All(outputs, output => Assert.True(output is 0 or 1 / 0.7f));
        // 40000 draws: the share's standard deviation is 0.0023.
        Assert.InRange(outputs.Count(output => output == 0) / (double)outputs.Length, 0.29, 0.31);
    }

    [Fact]
    public void The_gradient_passes_where_the_value_passed()
    {
        using OnlyDropout.Trainer trainer = Train(seed: 1);
        float[] outputs = Pass(trainer);
        float[] expected = [.. outputs.Select(output => output == 0 ? 0 : 2 * output / outputs.Length / 0.7f)];
        Tolerance.Training.Check(expected, trainer.InputGradients, "the input gradient");
        Assert.Equal(outputs.Select(output => output == 0), trainer.InputGradients.ToArray().Select(gradient => gradient == 0));
    }

    [Fact]
    public void Images_and_passes_have_masks_of_their_own()
    {
        using OnlyDropout.Trainer trainer = Train(seed: 1);
        float[] first = Pass(trainer);
        float[] second = Pass(trainer);
        // Two independent masks differ in 2 * 0.3 * 0.7 = 42 % of their elements.
        Assert.InRange(Differing(first, second), 0.40, 0.44);
        Assert.InRange(Differing(first[..OnlyDropout.InputLength], first[OnlyDropout.InputLength..(2 * OnlyDropout.InputLength)]), 0.39, 0.45);
    }

    [Fact]
    public void The_trainer_seed_alone_decides_the_masks()
    {
        using OnlyDropout.Trainer trainer = Train(seed: 1);
        using OnlyDropout.Trainer same = Train(seed: 1);
        using OnlyDropout.Trainer other = Train(seed: 2);
        for (int pass = 0; pass < 3; pass++)
        {
            float[] expected = Pass(trainer);
            Tolerance.SameBits(expected, Pass(same), "the same seed");
            Assert.InRange(Differing(expected, Pass(other)), 0.40, 0.44);
        }
    }

    [Fact]
    public void Two_layers_have_masks_of_their_own()
    {
        using DropoutTwice.Trainer trainer = new DropoutTwice()
            .CreateTrainer(new Sgd(0.1f), Loss.MeanSquaredError(), new TrainerOptions { BatchSize = Images });
        float[] outputs = Pass(trainer, DropoutTwice.InputLength);

        // Independent masks keep 0.7 * 0.7 of 10800 elements, with a standard deviation of 0.005; one mask twice would keep 0.7.
        Assert.InRange(outputs.Count(output => output != 0) / (double)outputs.Length, 0.47, 0.51);
    }

    [Fact]
    public void Every_place_is_dropped_equally_often()
    {
        const int Passes = 200;
        using OnlyDropout.Trainer trainer = Train(seed: 3);
        int[] dropped = new int[OnlyDropout.InputLength];
        for (int pass = 0; pass < Passes; pass++)
        {
            float[] outputs = Pass(trainer);
            for (int index = 0; index < outputs.Length; index++)
                dropped[index % dropped.Length] += outputs[index] == 0 ? 1 : 0;
        }

        // 800 draws a place: a standard deviation of 13; the sum of squares over 10000 places has a mean of 10000 deviations and a deviation of its own of 141.
        const double Draws = Passes * Images;
        double deviations = dropped.Sum(count => (count - (0.3 * Draws)) * (count - (0.3 * Draws)) / (Draws * 0.3 * 0.7));
        Assert.InRange(deviations, 10000 - 700, 10000 + 700);
    }

    [Fact]
    public void Neither_threads_nor_instruction_sets_matter_to_a_mask()
    {
        float[]? first = null;
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            foreach (int threads in new[] { 1, 2, 3 })
            {
                TrainerOptions options = new() { BatchSize = Images, Threads = threads, Seed = 5 };
                using DropoutTwice.Trainer trainer = new DropoutTwice().CreateTrainer(new Sgd(0.1f), Loss.MeanSquaredError(), options);
                float[] outputs = Pass(trainer, DropoutTwice.InputLength);
                first ??= outputs;
                Tolerance.SameBits(first, outputs, $"{set} with {threads} threads");
            }
        }
    }

    [Fact]
    public void A_predictor_drops_nothing()
    {
        using OnlyDropout.Predictor predictor = new OnlyDropout().CreatePredictor(new PredictorOptions { BatchSize = Images });
        float[] inputs = TestData.Reals(Ones.Length, 1);
        float[] outputs = new float[Ones.Length];
        predictor.Predict(inputs, outputs);
        Tolerance.SameBits(inputs, outputs, "the outputs");
    }

    [Fact]
    public void A_network_of_nothing_but_a_reshaping_passes_values_and_gradients_through()
    {
        OnlyFlatten network = new();
        using OnlyFlatten.Trainer trainer = network.CreateTrainer(new Sgd(0.1f), Loss.MeanSquaredError(), new TrainerOptions
        {
            BatchSize = 2,
            InputGradients = true,
        });
        float[] inputs = TestData.Reals(2 * OnlyFlatten.InputLength, 1);
        float[] targets = TestData.Reals(2 * OnlyFlatten.InputLength, 2);
        double expected = inputs.Zip(targets, (input, target) => ((double)input - target) * ((double)input - target)).Average();
        Tolerance.Pass.Check(expected, trainer.Step(inputs, targets), "the loss");
        Tolerance.SameBits(inputs, trainer.Outputs, "the outputs");
        double[] gradients = [.. inputs.Zip(targets, (input, target) => 2 * ((double)input - target) / inputs.Length)];
        Tolerance.Training.Check(gradients, trainer.InputGradients, "the input gradients");
    }

    private static OnlyDropout.Trainer Train(int seed) =>
        new OnlyDropout().CreateTrainer(new Sgd(0.1f), Loss.MeanSquaredError(), new TrainerOptions { BatchSize = Images, InputGradients = true, Seed = seed });

    private static float[] Pass(OnlyDropout.Trainer trainer) => Pass(trainer, OnlyDropout.InputLength);

    private static float[] Pass(ITrainer trainer, int inputLength)
    {
        trainer.ForwardBackward(Ones.AsSpan(0, Images * inputLength), new float[Images * inputLength]);
        return trainer.Outputs.ToArray();
    }

    private static double Differing(float[] first, float[] second) => first.Zip(second, (a, b) => a == b ? 0.0 : 1).Average();
}
