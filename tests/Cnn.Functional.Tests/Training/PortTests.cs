using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

/// <summary>Networks of several inputs and outputs: all forms of a call, orders of the caller's numbers, and what is left out.</summary>
public sealed class PortTests
{
    private const int Images = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_prediction_by_ports_is_that_of_the_ports_one_after_the_other(int threads)
    {
        Batch batch = new();
        using TwoHeads.Predictor predictor = new TwoHeads(seed: 1).CreatePredictor(new() { BatchSize = 4, Threads = threads });
        float[] digit = new float[Images * TwoHeads.DigitLength];
        float[] mask = new float[Images * TwoHeads.MaskLength];
        predictor.Predict(batch.Facts, batch.Pictures, digit, mask);
        float[] together = new float[Images * TwoHeads.OutputLength];
        predictor.Predict([.. batch.Facts, .. batch.Pictures], together);
        Tolerance.SameBits(together, [.. digit, .. mask], "the outputs");
    }

    [Fact]
    public void The_order_of_the_callers_numbers_changes_no_bit()
    {
        Batch batch = new();
        TwoHeads last = new(seed: 1);
        TwoPlanarHeads first = new(seed: 1);
        using (TwoHeads.Trainer trainer = last.CreateTrainer(new Adam(0.01f), Losses(), new() { BatchSize = Images, InputGradients = true }))
        using (TwoPlanarHeads.Trainer planar = first.CreateTrainer(new Adam(0.01f), new TwoPlanarHeads.Losses
        {
            Digit = Loss.CrossEntropy(),
            Mask = 0.5f * Loss.BinaryCrossEntropy(),
        }, new() { BatchSize = Images, InputGradients = true }))
        {
            for (int step = 0; step < 3; step++)
            {
                float loss = trainer.Step(batch.Facts, batch.Pictures, batch.Labels, batch.Masks);
                Assert.Equal(loss, planar.Step(batch.Facts, Planes(batch.Pictures, 3, 48), batch.Labels, Planes(batch.Masks, 2, 48)));
            }

            int digits = Images * TwoHeads.DigitLength;
            Tolerance.SameBits(planar.Outputs[..digits], trainer.Outputs[..digits], "digit");
            Tolerance.SameBits(planar.Outputs[digits..], Planes(trainer.Outputs[digits..].ToArray(), 2, 48), "mask");
            int facts = Images * TwoHeads.FactsLength;
            Tolerance.SameBits(planar.InputGradients[..facts], trainer.InputGradients[..facts], "the gradient of facts");
            Tolerance.SameBits(planar.InputGradients[facts..], Planes(trainer.InputGradients[facts..].ToArray(), 3, 48), "the gradient of the image");
        }

        foreach (Parameter parameter in last.Parameters)
            Tolerance.SameBits(first.Parameters[parameter.Name].Values, parameter.Values, parameter.Name);
    }

    [Fact]
    public void A_training_on_both_outputs_lowers_the_sum_of_their_losses()
    {
        Batch batch = new();
        using TwoHeads.Trainer trainer = new TwoHeads(seed: 2).CreateTrainer(new Adam(0.02f), Losses(), new() { BatchSize = Images });
        float before = trainer.ForwardBackward(batch.Facts, batch.Pictures, digit: batch.Labels, mask: batch.Masks);
        for (int step = 0; step < 60; step++)
            trainer.Step(batch.Facts, batch.Pictures, digit: batch.Labels, mask: batch.Masks);
        Assert.True(trainer.ForwardBackward(batch.Facts, batch.Pictures, batch.Labels, batch.Masks) < before / 2);
    }

    [Fact]
    public void An_output_without_a_target_has_no_gradient()
    {
        Batch batch = new();
        using TwoHeads.Trainer trainer = new TwoHeads(seed: 2).CreateTrainer(new Adam(0.02f), Losses(), new() { BatchSize = Images });
        trainer.ForwardBackward(batch.Facts, batch.Pictures, digit: Target.None, mask: batch.Masks);
        Assert.All(trainer.Gradient("linear2.weight").ToArray(), slope => Assert.Equal(0, slope));
        Assert.Contains(trainer.Gradient("conv2.weight").ToArray(), slope => slope != 0);
    }

    [Fact]
    public void Forward_and_backward_by_hand_give_the_gradients_of_a_loss()
    {
        Batch batch = new();
        using TwoHeads.Trainer trainer = new TwoHeads(seed: 2).CreateTrainer(new Adam(0.02f), Losses(), new() { BatchSize = Images });
        trainer.ForwardBackward(batch.Facts, batch.Pictures, batch.Labels, batch.Masks);
        float[] slopes = trainer.OutputGradients.ToArray();
        float[] expected = trainer.Gradients.ToArray();
        trainer.Forward(batch.Facts, batch.Pictures);
        Assert.All(trainer.OutputGradients.ToArray(), slope => Assert.Equal(0, slope));
        slopes.CopyTo(trainer.OutputGradients);
        trainer.Backward();
        Tolerance.SameBits(expected, trainer.Gradients, "the gradients");
    }

    [Fact]
    public void Outputs_in_the_middle_are_those_of_their_layers()
    {
        ManyOutputs network = new(seed: 3);
        float[] picture = TestData.Reals(ManyOutputs.PictureLength, 1);
        using ManyOutputs.Predictor predictor = network.CreatePredictor();
        float[] echo = new float[ManyOutputs.EchoLength];
        float[] first = new float[ManyOutputs.FirstLength];
        float[] second = new float[ManyOutputs.SecondLength];
        float[] flat = new float[ManyOutputs.FlatLength];
        float[] scores = new float[ManyOutputs.ScoresLength];
        float[] unread = [1, 2];
        predictor.Predict(picture, unread, echo, first, second, flat, scores);
        ActivationTrace trace = predictor.Trace([.. picture, .. unread]);
        Tolerance.SameBits(picture, echo, "echo");
        Tolerance.SameBits(second, flat, "flat");
        Tolerance.Pass.Check([.. trace["early"].Values.ToArray().Select(value => (double)value)], first, "first");
        Tolerance.Pass.Check([.. trace["add1"].Values.ToArray().Select(value => (double)value)], second, "second");
        Tolerance.Pass.Check([.. trace["linear1"].Values.ToArray().Select(value => (double)value)], scores, "scores");
    }

    [Fact]
    public void Bytes_are_floats_of_the_same_values()
    {
        byte[] pixels = [.. Enumerable.Range(0, 2 * BytePixels.InputLength).Select(index => (byte)(index * 37 % 256))];
        float[] floats = [.. pixels.Select(pixel => (float)pixel)];
        using BytePixels.Predictor predictor = new BytePixels(seed: 1).CreatePredictor(new() { BatchSize = 2 });
        float[] ofBytes = new float[2 * BytePixels.OutputLength];
        float[] ofFloats = new float[2 * BytePixels.OutputLength];
        predictor.Predict(pixels, ofBytes);
        predictor.Predict(floats, ofFloats);
        Tolerance.SameBits(ofFloats, ofBytes, "the outputs");
        using BytePixels.Trainer trainer = new BytePixels(seed: 1).CreateTrainer(new Sgd(0.01f), Loss.CrossEntropy(), new() { BatchSize = 2 });
        Assert.Equal(trainer.ForwardBackward(floats, (int[])[0, 2]), trainer.ForwardBackward(pixels, (int[])[0, 2]));
    }

    [Fact]
    public void A_summary_lists_the_ports_as_the_caller_sees_them()
    {
        INetwork network = new TwoHeads();
        Assert.Equal(["facts 4", "left_image 6x8x3, channels last"], network.Inputs.Select(port => port.ToString()));
        Assert.Equal(["digit 5", "mask 6x8x2, channels last"], network.Outputs.Select(port => port.ToString()));
        Assert.StartsWith("TwoHeads: facts 4, left_image 6x8x3, channels last -> digit 5, mask 6x8x2, channels last\n",
            network.Summary.ToString(), StringComparison.Ordinal);
        Assert.Equal((TwoHeads.FactsLength + TwoHeads.LeftImageLength, TwoHeads.DigitLength + TwoHeads.MaskLength),
            (network.InputLength, network.OutputLength));
    }

    [Fact]
    public void What_does_not_fit_is_told_by_its_port()
    {
        Batch batch = new();
        using TwoHeads.Predictor predictor = new TwoHeads().CreatePredictor(new() { BatchSize = 4 });
        float[] digit = new float[Images * TwoHeads.DigitLength];
        float[] mask = new float[Images * TwoHeads.MaskLength];
        Assert.Equal("leftImage", Assert.Throws<ArgumentException>(() => predictor.Predict(batch.Facts, batch.Pictures.AsSpan(1), digit, mask)).ParamName);
        Assert.Equal("mask", Assert.Throws<ArgumentException>(() => predictor.Predict(batch.Facts, batch.Pictures, digit, digit)).ParamName);
        Assert.Equal("facts", Assert.Throws<ArgumentException>(() => predictor.Predict(batch.Facts.AsSpan(1), batch.Pictures, digit, mask)).ParamName);
        Assert.Contains("2 outputs, digit, mask",
            Assert.Throws<InvalidOperationException>(() => predictor.Classify([.. batch.Facts, .. batch.Pictures])).Message, StringComparison.Ordinal);
        predictor.Predict(batch.Facts, batch.Pictures, digit, mask);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Steps_and_predictions_by_ports_allocate_nothing(int threads)
    {
        Batch batch = new();
        TwoHeads network = new();
        using TwoHeads.Trainer trainer = network.CreateTrainer(new Adam(0.02f), Losses(), new() { BatchSize = Images, Threads = threads });
        using TwoHeads.Predictor predictor = network.CreatePredictor(new() { BatchSize = Images, Threads = threads });
        float[] digit = new float[Images * TwoHeads.DigitLength];
        float[] mask = new float[Images * TwoHeads.MaskLength];
        void Run(int runs)
        {
            for (int run = 0; run < runs; run++)
            {
                trainer.Step(batch.Facts, batch.Pictures, batch.Labels, batch.Masks);
                predictor.Predict(batch.Facts, batch.Pictures, digit, mask);
            }
        }

        Run(3);
        Assert.Equal(0, Allocations.Least(() => Run(100)));
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        float[][] all = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            Batch batch = new();
            TwoHeads network = new(seed: 4);
            using (TwoHeads.Trainer trainer = network.CreateTrainer(new Adam(0.02f), Losses(), new() { BatchSize = Images, Threads = threads }))
            {
                for (int step = 0; step < 3; step++)
                    trainer.Step(batch.Facts, batch.Pictures, batch.Labels, batch.Masks);
            }

            return network.Parameters.SelectMany(parameter => parameter.Values.ToArray()).ToArray();
        })];
        Tolerance.SameBits(all[0], all[1], "2 threads");
        Tolerance.SameBits(all[0], all[2], "3 threads");
    }

    private static TwoHeads.Losses Losses() => new() { Digit = Loss.CrossEntropy(), Mask = 0.5f * Loss.BinaryCrossEntropy() };

    /// <summary>From channels last to planes.</summary>
    private static float[] Planes(float[] last, int channels, int positions)
    {
        float[] planes = new float[last.Length];
        for (int index = 0; index < last.Length; index++)
        {
            (int image, int inside) = Math.DivRem(index, channels * positions);
            planes[(image * channels * positions) + (inside % channels * positions) + (inside / channels)] = last[index];
        }

        return planes;
    }

    private sealed class Batch
    {
        public float[] Facts { get; } = TestData.Reals(Images * TwoHeads.FactsLength, 1);

        public float[] Pictures { get; } = TestData.Reals(Images * TwoHeads.LeftImageLength, 2);

        public int[] Labels { get; } = TestData.Labels(Images, TwoHeads.DigitLength, 3);

        public float[] Masks { get; } = [.. TestData.Reals(Images * TwoHeads.MaskLength, 4).Select(value => value > 0 ? 1f : 0f)];
    }
}
