using System.Runtime.InteropServices;

namespace Cnn.Training.Tests.Ports;

public sealed class TwoPortsTests
{
    private const int Images = 3;
    private static readonly float[] FactValues = Values(Images * TwoPorts.Facts, 1);
    private static readonly float[] ImageValues = Values(Images * TwoPorts.Image, 2);
    private static readonly float[] Inputs = [.. FactValues, .. ImageValues];
    private static readonly int[] Labels = [2, 0, 1];
    private static readonly float[] Masks = [.. Values(Images * TwoPorts.Image, 3).Select(value => value > 0 ? 1f : 0f)];

    private static Loss Both => Loss.Each(Loss.CrossEntropy(), 0.5f * Loss.BinaryCrossEntropy());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_loss_is_the_sum_over_the_outputs_and_each_has_its_own_gradient(int threads)
    {
        using TwoPorts trainer = new(Both, new TrainerOptions { Threads = threads, BatchSize = 5 });
        float loss = trainer.ForwardBackward(Inputs, [Labels, Masks]);

        (double digit, double[] digitSlopes) = CrossEntropy(FactValues, Labels);
        (double mask, double[] maskSlopes) = Logistic(ImageValues, Masks);
        Assert.Equal(digit + (0.5 * mask), loss, 1e-6);
        Assert.Equal(digit, trainer.OutputLosses[0], 1e-6);
        Assert.Equal(0.5 * mask, trainer.OutputLosses[1], 1e-6);
        Near([.. digitSlopes, .. maskSlopes.Select(slope => slope / 2)], trainer.OutputGradients);
        Near(Products(digitSlopes, FactValues, TwoPorts.Facts), trainer.Gradient("facts.weight"));
        Near(Products([.. maskSlopes.Select(slope => slope / 2)], ImageValues, TwoPorts.Image), trainer.Gradient("image.weight"));
        Assert.Equal(Inputs, trainer.Outputs.ToArray());
    }

    [Fact]
    public void All_forms_give_the_same_bits()
    {
        using TwoPorts together = new(Both);
        using TwoPorts apart = new(Both);
        for (int step = 0; step < 3; step++)
        {
            float loss = together.Step(Inputs, new TargetSet(Labels, Masks));
            Assert.Equal(loss, apart.Step(FactValues, ImageValues, digit: Labels, mask: Masks.AsSpan()));
        }

        Same(together.Gradients, apart.Gradients);
        Same(together.Parameters["image.weight"].Values, apart.Parameters["image.weight"].Values);
        Assert.NotEqual(1, apart.Parameters["image.weight"].Values[0]);
    }

    [Fact]
    public void An_output_without_a_target_has_no_loss_and_no_gradient()
    {
        using TwoPorts trainer = new(Both);
        trainer.ForwardBackward(FactValues, ImageValues, Labels, Masks);
        float loss = trainer.ForwardBackward(FactValues, ImageValues, Target.None, Masks);

        Assert.Equal(0.5 * Logistic(ImageValues, Masks).Loss, loss, 1e-6);
        Assert.Equal(0, trainer.OutputLosses[0]);
        Assert.All(trainer.OutputGradients[..FactValues.Length].ToArray(), value => Assert.Equal(0, value));
        Assert.All(trainer.Gradient("facts.weight").ToArray(), value => Assert.Equal(0, value));
        Assert.Contains(trainer.Gradient("image.weight").ToArray(), value => value != 0);
        Assert.Equal(loss, trainer.ForwardBackward(Inputs, [OutputTarget.None, Masks]));
    }

    [Fact]
    public void An_output_without_a_loss_is_not_trained_whatever_its_target()
    {
        using TwoPorts trainer = new(Loss.Each(Loss.CrossEntropy(), null));
        Assert.Equal(CrossEntropy(FactValues, Labels).Loss, trainer.ForwardBackward(Inputs, [Labels, Masks]), 1e-6);
        Assert.All(trainer.Gradient("image.weight").ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_layout_changes_no_bit()
    {
        using TwoPorts first = new(Both);
        using TwoPorts last = new(Both, mask: DataLayout.ChannelsLast);
        float[] lastMasks = Reordered(Masks);
        Assert.Equal(first.Step(Inputs, [Labels, Masks]), last.Step(Inputs, [Labels, lastMasks]));
        Assert.Equal(first.Step(FactValues, ImageValues, Labels, Masks), last.Step(FactValues, ImageValues, Labels, lastMasks));
        Same(first.Gradients, last.Gradients);
        Same([.. first.Outputs[..FactValues.Length], .. Reordered(first.Outputs[FactValues.Length..].ToArray())], last.Outputs);
        Same([.. first.OutputGradients[..FactValues.Length], .. Reordered(first.OutputGradients[FactValues.Length..].ToArray())], last.OutputGradients);
    }

    [Fact]
    public void Label_maps_keep_their_order_in_every_layout()
    {
        int[] map = [.. Enumerable.Range(0, Images * TwoPorts.Positions).Select(index => index % 3 % 2)];
        Loss loss = Loss.Each(null, Loss.CrossEntropy());
        using TwoPorts first = new(loss);
        using TwoPorts last = new(loss, mask: DataLayout.ChannelsLast);
        Assert.Equal(first.ForwardBackward(Inputs, [OutputTarget.None, map]), last.ForwardBackward(Inputs, [OutputTarget.None, map]));
        Same(first.Gradients, last.Gradients);
    }

    [Theory]
    [InlineData(DataLayout.ChannelsFirst)]
    [InlineData(DataLayout.ChannelsLast)]
    public void Gradients_written_between_forward_and_backward_are_those_that_go_back(DataLayout layout)
    {
        using TwoPorts automatic = new(Both, new TrainerOptions { InputGradients = true }, layout);
        using TwoPorts manual = new(Both, new TrainerOptions { InputGradients = true }, layout);
        float[] masks = layout == DataLayout.ChannelsLast ? Reordered(Masks) : Masks;
        automatic.ForwardBackward(FactValues, ImageValues, Labels, masks);
        float[] slopes = automatic.OutputGradients.ToArray();

        manual.ForwardBackward(FactValues, ImageValues, Labels, masks);
        Same(automatic.Outputs, manual.Forward(FactValues, ImageValues));
        Assert.All(manual.OutputGradients.ToArray(), value => Assert.Equal(0, value));
        slopes.CopyTo(manual.OutputGradients);
        manual.Backward();

        Same(automatic.Gradients, manual.Gradients);
        Same(automatic.InputGradients, manual.InputGradients);
        automatic.Update();
        manual.Update();
        Same(automatic.Parameters["facts.weight"].Values, manual.Parameters["facts.weight"].Values);
    }

    [Fact]
    public void Backward_needs_a_forward_just_before()
    {
        using TwoPorts trainer = new(Both);
        Refused(trainer);
        trainer.Forward(Inputs);
        trainer.Backward();
        Refused(trainer);
        trainer.Forward(Inputs);
        trainer.Update();
        Refused(trainer);
        trainer.Forward(Inputs);
        trainer.ForwardBackward(Inputs, [Labels, Masks]);
        Refused(trainer);

        static void Refused(TwoPorts trainer) =>
            Assert.Contains("call Forward, fill OutputGradients", Assert.Throws<InvalidOperationException>(trainer.Backward).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DataLayout.ChannelsFirst)]
    [InlineData(DataLayout.ChannelsLast)]
    public void A_loss_of_ones_own_sees_the_whole_batch_as_the_caller_does(DataLayout layout)
    {
        float[] masks = layout == DataLayout.ChannelsLast ? Reordered(Masks) : Masks;
        int calls = 0;
        float Squares(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradients)
        {
            calls++;
            Assert.Equal(masks, targets.ToArray());
            double sum = 0;
            for (int index = 0; index < outputs.Length; index++)
            {
                Assert.Equal(0, gradients[index]);
                double difference = outputs[index] - targets[index];
                sum += difference * difference;
                gradients[index] = (float)(2 * difference / outputs.Length);
            }

            return (float)(sum / outputs.Length);
        }

        using TwoPorts own = new(Loss.Each(Loss.CrossEntropy(), 0.25f * Loss.Custom("squares", Squares)), new TrainerOptions { Threads = 2 }, layout);
        using TwoPorts ready = new(Loss.Each(Loss.CrossEntropy(), 0.25f * Loss.MeanSquaredError()), new TrainerOptions { Threads = 2 }, layout);
        Assert.Equal(ready.ForwardBackward(Inputs, [Labels, masks]), own.ForwardBackward(Inputs, [Labels, masks]), 1e-6f);
        Near([.. ready.OutputGradients.ToArray().Select(value => (double)value)], own.OutputGradients);
        Assert.Equal(1, calls);
    }

    [Fact]
    public void An_exception_of_a_loss_of_ones_own_comes_out_and_the_trainer_goes_on()
    {
        bool fails = true;
        Loss loss = Loss.Custom("moody", (outputs, _, gradients) => fails ? throw new NotSupportedException("a bad day") : 0);
        using TwoPorts trainer = new(Loss.Each(null, loss), new TrainerOptions { Threads = 3 });
        Assert.Throws<NotSupportedException>(() => trainer.Step(Inputs, [OutputTarget.None, Masks]));
        Assert.Equal(1, trainer.Parameters["image.weight"].Values[0]);
        fails = false;
        Assert.Equal(0, trainer.Step(Inputs, [OutputTarget.None, Masks]));
    }

    [Fact]
    public void Targets_of_a_loss_of_ones_own_may_have_any_length_an_image()
    {
        float[] seen = [];
        using TwoPorts trainer = new(Loss.Each(Loss.Custom("any", (_, targets, _) => (seen = targets.ToArray()).Length), null));
        Assert.Equal(Images, trainer.ForwardBackward(Inputs, [new float[] { 7, 8, 9 }, OutputTarget.None]));
        Assert.Equal([7, 8, 9], seen);
        Throws(() => trainer.ForwardBackward(Inputs, [new float[4], OutputTarget.None]), "4 target floats of 'digit'", "'any'");
        Throws(() => trainer.ForwardBackward(Inputs, [new OutputTarget(new float[3]) { Weights = new float[3] }, OutputTarget.None]), "'any'", "no weights");
    }

    [Fact]
    public void Losses_that_do_not_fit_the_outputs_are_refused_with_their_names()
    {
        Throws(() => new TwoPorts(Loss.CrossEntropy()), "2 outputs (digit, mask)", "Loss.Each");
        Throws(() => new TwoPorts(Loss.Each(Loss.CrossEntropy())), "1 loss", "2 outputs (digit, mask)");
        Throws(() => new TwoPorts(Loss.Each(Loss.CrossEntropy(weight: [1, 2]), null)), "2 class weights", "'digit' are 3");
        Throws(() => Loss.Each(), "at least one");
        Throws(() => Loss.Each(Both), "Each itself");
        Assert.Throws<ArgumentOutOfRangeException>(() => float.NaN * Loss.CrossEntropy());
    }

    [Fact]
    public void A_refused_call_names_the_port_and_leaves_the_trainer_usable()
    {
        using TwoPorts trainer = new(Both, new TrainerOptions { BatchSize = 4 });
        float expected = trainer.ForwardBackward(FactValues, ImageValues, Labels, Masks);
        float[] outputs = trainer.Outputs.ToArray();
        float[] broken = [.. ImageValues];
        broken[9] = float.NaN;

        Throws(() => trainer.Step(FactValues.AsSpan(1), ImageValues, Labels, Masks), "8 numbers", "3 for each image", "facts");
        Throws(() => trainer.Step(new float[15], ImageValues, Labels, Masks), "15 numbers", "1 to 4 images", "facts");
        Throws(() => trainer.Step(FactValues, ImageValues.AsSpan(8), Labels, Masks), "16 numbers", "expected are 24", "image");
        Throws(() => trainer.Step(FactValues, broken, Labels, Masks), "Element 1 of image 1 in image");
        Throws(() => trainer.Step(FactValues, ImageValues, Labels.AsSpan(1), Masks), "2 labels of 'digit'", "expected are 3");
        Throws(() => trainer.Step(FactValues, ImageValues, new[] { 0, 3, 1 }, Masks), "The label of 'digit' of image 1 is 3");
        Throws(() => trainer.Step(FactValues, ImageValues, Masks, Masks), "CrossEntropy takes class labels");
        Throws(() => trainer.Step(FactValues, ImageValues, Labels, Labels), "BinaryCrossEntropy compares");
        Throws(() => trainer.Step(FactValues, ImageValues, Labels, new Target(Masks, [1, -1, 1])), "Weight 1 of 'mask' is -1");
        Throws(() => trainer.Step(FactValues, ImageValues, Labels, new Target(Masks, [1, 1])), "2 weights", "3, one for each image, or 12");
        Throws(() => trainer.Step(Inputs, Labels), "2 outputs (digit, mask)", "TargetSet");
        Throws(() => trainer.Step(Inputs, [Labels]), "1 target was given", "2 outputs (digit, mask)");
        Assert.Throws<ArgumentNullException>(() => trainer.Step(Inputs, (TargetSet)null!));
        Assert.Throws<ArgumentNullException>(() => trainer.Step(FactValues, ImageValues, (int[])null!, Masks));

        Same(outputs, trainer.Outputs);
        Assert.Equal(expected, trainer.ForwardBackward(FactValues, ImageValues, Labels, Masks));
    }

    [Fact]
    public void Bytes_become_floats_of_the_same_values()
    {
        using TwoPorts trainer = new(Both);
        byte[] bytes = [.. Enumerable.Range(0, 8).Select(value => (byte)(value * 36))];
        Assert.Equal([1, 2, 3, 0, 36, 72, 108, 144, 180, 216, 252], trainer.Forward([1f, 2f, 3f], bytes).ToArray());
    }

    [Fact]
    public void No_form_allocates()
    {
        TargetSet targets = [Labels, Masks];
        float[] weights = [1, 2, 0.5f];
        using TwoPorts trainer = new(Loss.Each(Loss.CrossEntropy(weight: [1, 2, 3]), 2 * Loss.Custom("zero", (_, _, _) => 0)),
            new TrainerOptions { Threads = 2 }, DataLayout.ChannelsLast);
        Steps();
        Assert.Equal(0, Allocations.Least(Steps));

        void Steps()
        {
            trainer.Step(Inputs, targets);
            trainer.Step(FactValues, ImageValues, new Target(Labels, weights), Masks);
            trainer.Forward(FactValues, ImageValues);
            trainer.OutputGradients.Fill(1);
            trainer.Backward();
            trainer.Update();
            _ = trainer.Outputs.Length;
        }
    }

    private static void Throws(Action call, params string[] parts)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(call);
        Assert.All(parts, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }

    private static float[] Values(int count, int phase) => [.. Enumerable.Range(0, count).Select(index => MathF.Sin((index * 1.3f) + phase))];

    private static float[] Reordered(float[] planar) => [.. Enumerable.Range(0, planar.Length).Select(index =>
    {
        int inside = index % TwoPorts.Image;
        return planar[index - inside + (inside % TwoPorts.Channels * TwoPorts.Positions) + (inside / TwoPorts.Channels)];
    })];

    private static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.Equal(MemoryMarshal.Cast<float, int>(expected).ToArray(), MemoryMarshal.Cast<float, int>(actual).ToArray());

    private static void Near(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], 1e-6);
    }

    private static double[] Products(double[] slopes, float[] inputs, int length) =>
        [.. Enumerable.Range(0, length)
            .Select(element => Enumerable.Range(0, Images).Sum(image => slopes[(image * length) + element] * inputs[(image * length) + element]))];

    private static (double Loss, double[] Slopes) CrossEntropy(float[] logits, int[] labels)
    {
        double loss = 0;
        double[] slopes = new double[logits.Length];
        for (int image = 0; image < labels.Length; image++)
        {
            double[] exponentials = [.. logits.Skip(image * 3).Take(3).Select(value => Math.Exp(value))];
            loss -= Math.Log(exponentials[labels[image]] / exponentials.Sum()) / labels.Length;
            for (int index = 0; index < 3; index++)
                slopes[(image * 3) + index] = ((exponentials[index] / exponentials.Sum()) - (index == labels[image] ? 1 : 0)) / labels.Length;
        }

        return (loss, slopes);
    }

    private static (double Loss, double[] Slopes) Logistic(float[] logits, float[] targets)
    {
        double[] probabilities = [.. logits.Select(value => 1 / (1 + Math.Exp(-value)))];
        double loss = probabilities.Zip(targets, (p, t) => -Math.Log(t == 1 ? p : 1 - p)).Average();
        return (loss, [.. probabilities.Zip(targets, (p, t) => (p - t) / logits.Length)]);
    }
}
