using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Misuse;

public sealed class StepTests
{
    private const int Capacity = 4;
    private static readonly float[] Inputs = TestData.Reals(3 * Small.InputLength, 1);
    private static readonly int[] Labels = TestData.Labels(3, Small.OutputLength, 2);

    [Fact]
    public void Inputs_that_are_no_whole_images_are_refused()
        => Refused(trainer => trainer.Step(Inputs.AsSpan(1), Labels), "215 input floats", "72 for each input", "1 to 4 inputs");

    [Fact]
    public void No_input_is_refused() => Refused(trainer => trainer.Step([], Labels), "0 input floats", "1 to 4 inputs");

    [Fact]
    public void More_images_than_the_batch_size_are_refused()
        => Refused(trainer => trainer.Step(new float[5 * Small.InputLength], new int[5]), "360 input floats", "1 to 4 inputs", "batch size");

    [Fact]
    public void Too_few_or_too_many_labels_are_refused()
    {
        Refused(trainer => trainer.Step(Inputs, Labels.AsSpan(1)), "2 labels", "expected are 3");
        Refused(trainer => trainer.Step(Inputs, [.. Labels, 0]), "4 labels", "expected are 3");
        Refused(trainer => trainer.ForwardBackward(Inputs.AsSpan(0, Small.InputLength), Labels), "3 labels", "expected are 1");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_label_outside_the_classes_is_refused(int label)
        => Refused(trainer => trainer.Step(Inputs, [0, label, 1]), FormattableString.Invariant($"The label of image 1 is {label}"), "from 0 to 2");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void An_input_that_is_no_finite_number_is_refused_wherever_it_stands(float value)
    {
        foreach (int index in new[] { 0, 71, 72, 200, 215 })
        {
            float[] inputs = [.. Inputs];
            inputs[index] = value;
            Refused(trainer => trainer.Step(inputs, Labels), FormattableString.Invariant($"Element {index % 72} of image {index / 72}"), "Nothing was changed");
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_target_that_is_no_finite_number_is_refused(float value)
    {
        PerPosition network = new();
        using RefusedCalls calls = Train(network, Loss.MeanSquaredError(), out PerPosition.Trainer trainer);
        float[] targets = new float[2 * PerPosition.OutputLength];
        targets[13] = value;
        float[] inputs = new float[2 * PerPosition.InputLength];
        calls.Throws<ArgumentException>(() => trainer.Step(inputs, targets), "Element 1 of image 1 in targets", "Nothing was changed");
        calls.Throws<ArgumentException>(() => trainer.ForwardBackward(inputs, targets), "Element 1 of image 1 in targets");
    }

    [Fact]
    public void Targets_of_a_wrong_length_are_refused()
    {
        PerPosition network = new();
        using RefusedCalls calls = Train(network, Loss.MeanSquaredError(), out PerPosition.Trainer trainer);
        calls.Throws<ArgumentException>(() => trainer.Step(new float[PerPosition.InputLength], new float[2 * PerPosition.OutputLength]),
            "24 target floats", "expected are 12");
    }

    [Fact]
    public void Labels_for_a_loss_on_values_are_refused()
    {
        PerPosition network = new();
        using RefusedCalls calls = Train(network, Loss.MeanSquaredError(), out PerPosition.Trainer trainer);
        calls.Throws<ArgumentException>(() => trainer.Step(new float[PerPosition.InputLength], new int[4]), "given labels", "Loss.CrossEntropy()");
    }

    [Fact]
    public void Values_for_a_loss_on_labels_are_refused()
    {
        PerPosition network = new();
        using PerPosition.Trainer trainer = network.CreateTrainer(
            new Sgd(0.1f), Loss.NegativeLogLikelihood(), new TrainerOptions { BatchSize = Capacity });
        using RefusedCalls calls = new(network, trainer);
        float[] values = new float[PerPosition.OutputLength];
        calls.Throws<ArgumentException>(() => trainer.Step(new float[PerPosition.InputLength], values), "given target values", "Loss.MeanSquaredError()");
    }

    [Fact]
    public void A_map_needs_one_label_a_position()
    {
        PerPosition network = new();
        using PerPosition.Trainer trainer = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Capacity });
        using RefusedCalls calls = new(network, trainer);
        float[] inputs = TestData.Reals(2 * PerPosition.InputLength, 1);
        Assert.True(float.IsFinite(trainer.Step(inputs, TestData.Labels(8, 3, 1))));
        calls.Throws<ArgumentException>(() => trainer.Step(inputs, new int[2]), "2 labels", "expected are 8");
        calls.Throws<ArgumentException>(() => trainer.Step(inputs, [0, 1, 2, 0, 1, 3, 0, 0]), "image 1, position 1 (index 5) is 3");
    }

    [Fact]
    public void One_flat_image_is_too_few_for_batch_normalisation()
    {
        FlatNorm network = new();
        using FlatNorm.Trainer trainer = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Capacity });
        using RefusedCalls calls = new(network, trainer);
        trainer.Step(TestData.Reals(8, 1), [0, 1]);
        calls.Throws<ArgumentException>(() => trainer.Step(TestData.Reals(4, 1), [0]), "1 input was given", "BatchNorm", "at least 2");
    }

    [Fact]
    public void Input_gradients_that_were_not_asked_for_are_refused()
        => Refused<InvalidOperationException>(trainer => _ = trainer.InputGradients.Length, "InputGradients = true");

    [Fact]
    public void The_gradient_of_an_unknown_parameter_is_refused_with_a_list_of_those_that_there_are()
    {
        Refused(trainer => trainer.Gradient("conv1.wieght"), "'conv1.wieght'", "conv1.weight, conv1.bias");
        Refused(trainer => trainer.Gradient("batchnorm1.running_mean"), "'batchnorm1.running_mean' is not trained");
        Refused(_ => GC.KeepAlive(new Small().Parameters["linear3.bias"]), "'linear3.bias'", "linear2.bias");
    }

    [Fact]
    public void A_frozen_parameter_has_no_gradient_and_does_not_move()
    {
        PartlyFrozen network = new(seed: 1);
        TestData.Stir(network, 2);
        float[] before = [.. network.Parameters.Where(parameter => !parameter.IsTrainable).SelectMany(parameter => parameter.Values.ToArray())];
        using (PartlyFrozen.Trainer trainer = network.CreateTrainer(new Adam(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = 2 }))
        {
            trainer.Step(TestData.Reals(2 * PartlyFrozen.InputLength, 3), [0, 1]);
            Assert.Throws<ArgumentException>(() => trainer.Gradient("conv1.weight"));
        }

        Assert.Equal(["linear1.weight", "linear1.bias"], network.Parameters.Where(parameter => parameter.IsTrainable).Select(parameter => parameter.Name));
        Tolerance.SameBits(before,
            [.. network.Parameters.Where(parameter => !parameter.IsTrainable).SelectMany(parameter => parameter.Values.ToArray())], "frozen parameters");
    }

    private static void Refused(Action<Small.Trainer> call, params string[] messageParts) => Refused<ArgumentException>(call, messageParts);

    private static void Refused<TException>(Action<Small.Trainer> call, params string[] messageParts)
        where TException : Exception
    {
        Small network = new(seed: 1);
        using Small.Trainer trainer = network.CreateTrainer(new Sgd(0.1f) { Momentum = 0.9f }, Loss.CrossEntropy(),
            new TrainerOptions { BatchSize = Capacity });
        using RefusedCalls calls = new(network, trainer);
        trainer.Step(Inputs.AsSpan(0, 2 * Small.InputLength), Labels.AsSpan(0, 2));
        calls.Throws<TException>(() => call(trainer), messageParts);
    }

    private static RefusedCalls Train(PerPosition network, Loss loss, out PerPosition.Trainer trainer)
    {
        trainer = network.CreateTrainer(new Sgd(0.1f) { Momentum = 0.9f }, loss, new TrainerOptions { BatchSize = Capacity });
        trainer.Step(TestData.Reals(PerPosition.InputLength, 1), TestData.Reals(PerPosition.OutputLength, 2));
        return new RefusedCalls(network, trainer);
    }
}
