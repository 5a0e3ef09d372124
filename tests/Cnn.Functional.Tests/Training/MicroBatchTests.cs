using Cnn.CompilerServices;
using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

/// <summary>A batch that goes through the network in micro-batches.</summary>
public sealed class MicroBatchTests
{
    private const int MicroBatch = 3;

    public static TheoryData<int> PowersOfTwo => [1, 2, 4, 8];

    public static TheoryData<int, int> Divisions => new() { { 12, 3 }, { 12, 5 }, { 21, 3 }, { 7, 1 }, { 5, 8 }, { 11, 2 } };

    [Theory]
    [MemberData(nameof(PowersOfTwo))]
    public void Gradients_are_summed_pairwise(int microBatches)
    {
        int images = microBatches * MicroBatch;
        float[] inputs = TestData.Reals(images * Independent.InputLength, 1);
        int[] labels = TestData.Labels(images, Independent.OutputLength, 2);
        using ITrainer trainer = Train(new Independent(3), images, MicroBatch);
        trainer.ForwardBackward(inputs, labels);

        // The mean over the batch is a power of two smaller than that over a micro-batch, which changes no bit of a sum.
        using ITrainer single = Train(new Independent(3), MicroBatch, 0);
        List<float[]> sums = [];
        for (int index = 0; index < microBatches; index++)
        {
            single.ForwardBackward(
                inputs.AsSpan(index * MicroBatch * Independent.InputLength, MicroBatch * Independent.InputLength),
                labels.AsSpan(index * MicroBatch, MicroBatch));
            sums.Add([.. single.Gradients.ToArray().Select(gradient => gradient / microBatches)]);
        }

        while (sums.Count > 1)
            sums = [.. sums.Chunk(2).Select(pair => pair[0].Zip(pair[1], (left, right) => left + right).ToArray())];
        Tolerance.SameBits(sums[0], trainer.Gradients, "the gradients");
    }

    [Theory]
    [MemberData(nameof(Divisions))]
    public void Loss_outputs_and_gradients_are_those_of_the_batch(int images, int microBatch)
    {
        float[] inputs = TestData.Reals(images * Independent.InputLength, 4);
        int[] labels = TestData.Labels(images, Independent.OutputLength, 5);
        labels[0] = -1;
        var loss = Loss.CrossEntropy(labelSmoothing: 0.1f, weight: [1, 3, 0.5f], ignoreIndex: -1);
        using ITrainer whole = Train(new Independent(6), images, 0, loss);
        using ITrainer divided = Train(new Independent(6), images, microBatch, loss);
        Assert.Equal(whole.ForwardBackward(inputs, labels), divided.ForwardBackward(inputs, labels));
        Tolerance.SameBits(whole.Outputs, divided.Outputs, "the outputs");
        Tolerance.SameBits(whole.OutputGradients, divided.OutputGradients, "the gradients by the outputs");
        Tolerance.SameBits(whole.InputGradients, divided.InputGradients, "the gradients by the inputs");
        Tolerance.Training.Check(whole.Gradients, divided.Gradients, "the gradients");
    }

    [Fact]
    public void Every_thread_count_and_instruction_set_gives_the_same_bits()
    {
        float[] expected = Steps(threads: 1);
        Tolerance.SameBits(expected, Steps(threads: 2), "two threads");
        Tolerance.SameBits(expected, Steps(threads: 3), "three threads");
        foreach (InstructionSet set in new[] { InstructionSet.Avx512, InstructionSet.Avx2 })
        {
            using InstructionSetScope scope = new(set);
            Tolerance.SameBits(expected, Steps(threads: 2), set.ToString());
        }

        static float[] Steps(int threads)
        {
            Small network = new(seed: 7);
            using Small.Trainer trainer = network.CreateTrainer(new Adam(0.01f), Loss.CrossEntropy(),
                new TrainerOptions { BatchSize = 16, MicroBatch = 4, Threads = threads, Seed = 8 });
            for (int step = 0; step < 6; step++)
            {
                int images = 16 - (step * 2);
                trainer.Step(TestData.Reals(images * Small.InputLength, step), TestData.Labels(images, Small.OutputLength, step));
            }

            return TestData.Parameters(network);
        }
    }

    [Fact]
    public void Each_port_has_its_own_images()
    {
        const int Images = 7;
        float[] facts = TestData.Reals(Images * TwoHeads.FactsLength, 1);
        float[] left = TestData.Reals(Images * TwoHeads.LeftImageLength, 2);
        int[] digits = TestData.Labels(Images, TwoHeads.DigitLength, 3);
        float[] masks = TestData.Reals(Images * TwoHeads.MaskLength, 4);
        TwoHeads network = new(seed: 5);
        TestData.Stir(network, 6);
        using TwoHeads.Trainer divided = Create(7, 2);
        divided.ForwardBackward(facts, left, digits, masks);
        float[] outputs = divided.Outputs.ToArray();
        float[] inputGradients = divided.InputGradients.ToArray();
        divided.Dispose();

        // Statistics are those of a micro-batch: each is what a trainer of that size computes, but for the mean.
        using TwoHeads.Trainer single = Create(2, 0);
        for (int first = 0; first < Images; first += 2)
        {
            int images = Math.Min(2, Images - first);
            single.ForwardBackward(
                facts.AsSpan(first * TwoHeads.FactsLength, images * TwoHeads.FactsLength),
                left.AsSpan(first * TwoHeads.LeftImageLength, images * TwoHeads.LeftImageLength),
                digits.AsSpan(first, images),
                masks.AsSpan(first * TwoHeads.MaskLength, images * TwoHeads.MaskLength));
            CheckPorts(single.Outputs, outputs, first, images, 1, [TwoHeads.DigitLength, TwoHeads.MaskLength]);
            CheckPorts(single.InputGradients, inputGradients, first, images, (float)images / Images, [TwoHeads.FactsLength, TwoHeads.LeftImageLength]);
        }

        TwoHeads.Trainer Create(int batch, int microBatch) => network.CreateTrainer(
            new Sgd(0.1f),
            new TwoHeads.Losses { Digit = Loss.CrossEntropy(), Mask = 0.5f * Loss.MeanSquaredError() },
            new TrainerOptions { BatchSize = batch, MicroBatch = microBatch, InputGradients = true });

        static void CheckPorts(ReadOnlySpan<float> some, ReadOnlySpan<float> all, int first, int images, float factor, int[] lengths)
        {
            int inSome = 0;
            int inAll = 0;
            foreach (int length in lengths)
            {
                float[] expected = [.. some.Slice(inSome, images * length).ToArray().Select(value => value * factor)];
                Tolerance.Training.Check(expected, all.Slice(inAll + (first * length), images * length), "a port");
                inSome += images * length;
                inAll += Images * length;
            }
        }
    }

    [Fact]
    public void Running_statistics_move_once_a_micro_batch()
    {
        const int Images = 8;
        float[] inputs = TestData.Reals(Images * Small.InputLength, 1);
        Small divided = new(seed: 2);
        Small single = new(seed: 2);
        using (ITrainer trainer = Train(divided, Images, 4))
            trainer.ForwardBackward(inputs, TestData.Labels(Images, Small.OutputLength, 3));
        using (ITrainer trainer = Train(single, 4, 0))
        {
            trainer.Forward(inputs.AsSpan(0, 4 * Small.InputLength));
            trainer.Forward(inputs.AsSpan(4 * Small.InputLength));
        }

        Tolerance.SameBits(TestData.Parameters(single), TestData.Parameters(divided), "the running statistics");
    }

    [Fact]
    public void Dropout_draws_by_the_image_s_number_in_the_batch()
    {
        const int Images = 5;
        float[] ones = [.. Enumerable.Repeat(1f, Images * OnlyDropout.InputLength)];
        float[] whole = Outputs(0);
        foreach (int microBatch in (int[])[1, 2, 3, 5])
            Tolerance.SameBits(whole, Outputs(microBatch), "the outputs");

        float[] Outputs(int microBatch)
        {
            using ITrainer trainer = Train(new OnlyDropout(), Images, microBatch, Loss.MeanSquaredError());
            trainer.ForwardBackward(ones, ones);
            trainer.ForwardBackward(ones, ones);
            Tolerance.SameBits(
                [.. trainer.Outputs.ToArray().Select(output => output == 0 ? 0f : 1)],
                [.. trainer.InputGradients.ToArray().Select(gradient => gradient == 0 ? 0f : 1)],
                "the mask");
            return trainer.Outputs.ToArray();
        }
    }

    [Fact]
    public void A_custom_loss_weighs_as_its_images()
    {
        const int Images = 5;
        float[] inputs = TestData.Reals(Images * Independent.InputLength, 1);
        float[] targets = TestData.Reals(Images * Independent.OutputLength, 2);
        List<int> calls = [];
        Loss custom = Loss.Custom("squares", (outputs, wanted, gradients) =>
        {
            calls.Add(outputs.Length / Independent.OutputLength);
            double sum = 0;
            for (int index = 0; index < outputs.Length; index++)
            {
                double difference = outputs[index] - wanted[index];
                sum += difference * difference;
                gradients[index] = (float)(2 * difference / outputs.Length);
            }

            return (float)(sum / outputs.Length);
        });
        using ITrainer own = Train(new Independent(3), Images, 2, custom);
        using ITrainer known = Train(new Independent(3), Images, 2, Loss.MeanSquaredError());
        Tolerance.Pass.Check(known.ForwardBackward(inputs, targets), own.ForwardBackward(inputs, targets), "the loss");
        Assert.Equal([2, 2, 1], calls);
        Tolerance.Training.Check(known.Gradients, own.Gradients, "the gradients");
    }

    [Fact]
    public void Memory_is_that_of_a_micro_batch()
    {
        using var whole = (TrainerCore)Train(new LeNet(1), 64, 0);
        using var divided = (TrainerCore)Train(new LeNet(1), 64, 16);
        Assert.InRange(
            whole.ArenaFloats - divided.ArenaFloats,
            (48L * whole.PlannedLayout.BatchFloats) - (3L * whole.PlannedLayout.TrainableFloats),
            48L * whole.PlannedLayout.BatchFloats);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        float[] inputs = TestData.Reals(8 * Small.InputLength, 1);
        int[] labels = TestData.Labels(8, Small.OutputLength, 2);
        using ITrainer trainer = Train(new Small(1), 8, 2);
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int step = 0; step < 20; step++)
                trainer.Step(inputs, labels);
        }));
    }

    [Fact]
    public void What_does_not_fit_in_a_micro_batch_is_refused()
    {
        using ITrainer trainer = Train(new Small(1), 8, 4);
        float[] inputs = TestData.Reals(5 * Small.InputLength, 1);
        Assert.Contains("at most 4", Assert.Throws<ArgumentException>(() => trainer.Forward(inputs).ToArray()).Message, StringComparison.Ordinal);
        trainer.Forward(inputs.AsSpan(0, 4 * Small.InputLength));
        trainer.Backward();

        using ITrainer norm = Train(new FlatNorm(1), 8, 4);
        ArgumentException exception = Assert.Throws<ArgumentException>(() =>
            norm.Step(TestData.Reals(5 * FlatNorm.InputLength, 1), TestData.Labels(5, FlatNorm.OutputLength, 2)));
        Assert.Contains("micro-batches of 4, the last of which is a single one", exception.Message, StringComparison.Ordinal);
        norm.Step(TestData.Reals(6 * FlatNorm.InputLength, 1), TestData.Labels(6, FlatNorm.OutputLength, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Train(new Small(1), 8, -1));
    }

    private static ITrainer Train(INetwork network, int images, int microBatch, Loss? loss = null) => network.CreateTrainer(
        new Sgd(0.1f), loss ?? Loss.CrossEntropy(), new TrainerOptions { BatchSize = images, MicroBatch = microBatch, InputGradients = true });
}
