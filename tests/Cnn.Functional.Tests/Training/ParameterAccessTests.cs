using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

public sealed class ParameterAccessTests
{
    private const int Images = 4;
    private static readonly float[] Inputs = TestData.Reals(Images * Small.InputLength, 1);
    private static readonly int[] Labels = TestData.Labels(Images, Small.OutputLength, 2);

    [Fact]
    public void What_is_written_into_a_parameter_is_used_by_the_next_step()
    {
        Small written = new(seed: 1);
        Small other = new(seed: 1);
        using Small.Trainer trainer = Train(written);
        trainer.ForwardBackward(Inputs, Labels);
        TestData.Stir(written, 5);
        TestData.Stir(other, 6);
        using Small.Trainer fresh = Train(other);
        // The same mask of dropout: the second pass of both.
        fresh.ForwardBackward(Inputs, Labels);
        TestData.Stir(other, 5);
        Assert.Equal(fresh.ForwardBackward(Inputs, Labels), trainer.ForwardBackward(Inputs, Labels));
        Tolerance.SameBits(fresh.Gradients, trainer.Gradients, "the gradients");
        trainer.Update();
        fresh.Update();
        Tolerance.SameBits(TestData.Parameters(other), TestData.Parameters(written), "the parameters");
    }

    [Fact]
    public void Reading_parameters_between_steps_changes_nothing()
    {
        Small read = new(seed: 1);
        Small unread = new(seed: 1);
        using (Small.Trainer first = Train(read))
        using (Small.Trainer second = Train(unread))
        {
            for (int step = 0; step < 10; step++)
            {
                Assert.Equal(second.Step(Inputs, Labels), first.Step(Inputs, Labels));
                _ = TestData.Parameters(read);
                read.Save(Stream.Null);
                read.CreatePredictor().Dispose();
            }
        }

        Tolerance.SameBits(TestData.Parameters(unread), TestData.Parameters(read), "the parameters");
    }

    [Fact]
    public void Values_taken_after_a_step_are_those_that_a_disposed_trainer_leaves()
    {
        Small network = new(seed: 1);
        float[] during;
        using (Small.Trainer trainer = Train(network))
        {
            trainer.Step(Inputs, Labels);
            during = TestData.Parameters(network);
        }

        Tolerance.SameBits(during, TestData.Parameters(network), "the parameters");
    }

    [Fact]
    public void Gradients_and_an_update_by_hand_are_a_step()
    {
        Small stepped = new(seed: 1);
        Small byHand = new(seed: 1);
        using (Small.Trainer first = Train(stepped))
        using (Small.Trainer second = Train(byHand))
        {
            for (int step = 0; step < 5; step++)
            {
                float loss = first.Step(Inputs, Labels);
                Assert.Equal(loss, second.ForwardBackward(Inputs, Labels));
                Tolerance.SameBits(first.Outputs, second.Outputs, "the outputs");
                Tolerance.SameBits(first.Gradients, second.Gradients, "the gradients");
                second.Update();
            }
        }

        Tolerance.SameBits(TestData.Parameters(stepped), TestData.Parameters(byHand), "the parameters");
    }

    [Fact]
    public void Gradients_that_were_changed_are_what_an_update_uses()
    {
        Small network = new(seed: 1);
        float[] before = TestData.Parameters(network);
        using (Small.Trainer trainer = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Images }))
        {
            trainer.ForwardBackward(Inputs, Labels);
            float[] gradient = trainer.Gradient("linear2.bias").ToArray();
            foreach (ref float value in trainer.Gradients)
                value *= 2;
            Tolerance.SameBits([.. gradient.Select(value => 2 * value)], trainer.Gradient("linear2.bias"), "the gradient");
            trainer.Gradients.Clear();
            trainer.Update();
        }

        foreach (Parameter parameter in network.Parameters.Where(parameter => parameter.IsTrainable))
            Tolerance.SameBits(new Small(seed: 1).Parameters[parameter.Name].Values, parameter.Values, parameter.Name);
        Assert.NotEqual(before, TestData.Parameters(network));
    }

    [Theory]
    [InlineData(InstructionSet.Scalar)]
    [InlineData(InstructionSet.Neon)]
    [InlineData(InstructionSet.Avx2)]
    [InlineData(InstructionSet.Avx512)]
    public void Padding_of_the_gradients_is_zero_on_every_instruction_set(InstructionSet set)
    {
        using InstructionSetScope scope = new(set);
        foreach (INetwork network in new INetwork[] { new Small(seed: 1), new Independent(seed: 1), new GroupedConvThenNorms(seed: 1), new FlatNorm(seed: 1) })
        {
            Loss loss = Loss.MeanSquaredError();
            using ITrainer trainer = network.CreateTrainer(new Adam(0.01f), loss, new TrainerOptions { BatchSize = Images });
            for (int step = 0; step < 3; step++)
                trainer.Step(TestData.Reals(Images * network.InputLength, step), TestData.Reals(Images * network.OutputLength, step));
            double all = trainer.Gradients.ToArray().Sum(value => Math.Abs((double)value));
            int count = trainer.Gradients.ToArray().Count(value => value != 0);
            Parameter[] trainable = [.. network.Parameters.Where(parameter => parameter.IsTrainable)];
            Assert.Equal(trainable.Sum(parameter => trainer.Gradient(parameter.Name).ToArray().Sum(value => Math.Abs((double)value))), all, 1e-9 * all);
            Assert.Equal(trainable.Sum(parameter => trainer.Gradient(parameter.Name).ToArray().Count(value => value != 0)), count);
        }
    }

    [Fact]
    public void A_step_may_bring_fewer_images_than_the_batch_size()
    {
        Independent network = new(seed: 1);
        Independent small = new(seed: 1);
        using Independent.Trainer large = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions
        {
            BatchSize = 8,
            InputGradients = true,
        });
        large.ForwardBackward(TestData.Reals(8 * Independent.InputLength, 9), TestData.Labels(8, 3, 9));
        using Independent.Trainer exact = small.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = 3, InputGradients = true });
        ReadOnlySpan<float> inputs = Inputs.AsSpan(0, 3 * Independent.InputLength);
        Assert.Equal(exact.ForwardBackward(inputs, Labels.AsSpan(0, 3)), large.ForwardBackward(inputs, Labels.AsSpan(0, 3)));
        Assert.Equal(3 * Independent.OutputLength, large.Outputs.Length);
        Tolerance.SameBits(exact.Outputs, large.Outputs, "the outputs");
        Tolerance.SameBits(exact.InputGradients, large.InputGradients, "the input gradients");
        Tolerance.SameBits(exact.Gradients, large.Gradients, "the gradients");
    }

    [Fact]
    public void Input_gradients_do_not_depend_on_how_many_images_are_computed_together()
    {
        // A power of two, so that the mean over the batch only moves the exponent; more than are computed at a time.
        const int Images = 128;
        Independent network = new(seed: 1);
        float[] inputs = TestData.Reals(Images * Independent.InputLength, 9);
        int[] labels = TestData.Labels(Images, 3, 9);
        float[] together;
        using (Independent.Trainer trainer = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions
        {
            BatchSize = Images,
            InputGradients = true,
            Threads = 2,
        }))
        {
            trainer.ForwardBackward(inputs, labels);
            together = trainer.InputGradients.ToArray();
        }

        using Independent.Trainer single = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions
        {
            BatchSize = 1,
            InputGradients = true,
            Threads = 2,
        });
        for (int image = 0; image < Images; image++)
        {
            single.ForwardBackward(inputs.AsSpan(image * Independent.InputLength, Independent.InputLength), labels.AsSpan(image, 1));
            float[] alone = [.. single.InputGradients.ToArray().Select(static value => value / Images)];
            Tolerance.SameBits(alone, together.AsSpan(image * Independent.InputLength, Independent.InputLength), FormattableString.Invariant($"image {image}"));
        }
    }

    [Fact]
    public void A_predictor_takes_any_number_of_images_and_gives_each_the_same_outputs()
    {
        Independent network = new(seed: 1);
        float[] inputs = TestData.Reals(8 * Independent.InputLength, 9);
        float[] all = new float[8 * Independent.OutputLength];
        using Independent.Predictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = 8 });
        predictor.Predict(inputs, all);
        for (int images = 1; images < 8; images++)
        {
            float[] some = new float[images * Independent.OutputLength];
            predictor.Predict(inputs.AsSpan(0, images * Independent.InputLength), some);
            Tolerance.SameBits(all.AsSpan(0, some.Length), some, FormattableString.Invariant($"{images} images"));
        }
    }

    [Fact]
    public void Training_does_not_change_a_predictor_that_was_made_before()
    {
        Small network = new(seed: 1);
        float[] before = new float[Images * Small.OutputLength];
        float[] after = new float[before.Length];
        float[] now = new float[before.Length];
        PredictorOptions options = new() { BatchSize = Images };
        using Small.Predictor snapshot = network.CreatePredictor(options);
        snapshot.Predict(Inputs, before);
        using Small.Trainer trainer = Train(network);
        trainer.Step(Inputs, Labels);
        snapshot.Predict(Inputs, after);
        Tolerance.SameBits(before, after, "the snapshot's outputs");
        using Small.Predictor later = network.CreatePredictor(options);
        later.Predict(Inputs, now);
        Assert.NotEqual(before, now);
    }

    private static Small.Trainer Train(Small network) =>
        network.CreateTrainer(new Sgd(0.1f) { Momentum = 0.9f }, Loss.CrossEntropy(), new TrainerOptions { BatchSize = Images, Seed = 3 });
}
