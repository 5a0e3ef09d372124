using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Misuse;

public sealed class LifetimeTests
{
    [Fact]
    public void A_disposed_trainer_throws_whatever_it_is_asked()
    {
        Small network = new();
        Small.Trainer trainer = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { InputGradients = true });
        trainer.Dispose();
        trainer.Dispose();
        Action[] calls =
        [
            () => trainer.Step(new float[Small.InputLength], new int[1]),
            () => trainer.Step(new float[Small.InputLength], new float[3]),
            () => trainer.ForwardBackward(new float[Small.InputLength], new int[1]),
            () => trainer.ForwardBackward(new float[Small.InputLength], new float[3]),
            trainer.Update,
            () => _ = trainer.Gradients.Length,
            () => trainer.Gradient("conv1.weight"),
            () => _ = trainer.Outputs.Length,
            () => _ = trainer.InputGradients.Length,
            () => trainer.SaveState(new MemoryStream()),
            () => trainer.LoadState(new MemoryStream()),
        ];
        foreach (Action call in calls)
            Assert.Throws<ObjectDisposedException>(call);
    }

    [Fact]
    public void A_disposed_predictor_throws_whatever_it_is_asked()
    {
        Small.Predictor predictor = new Small().CreatePredictor();
        predictor.Dispose();
        predictor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => predictor.Predict(new float[Small.InputLength], new float[3]));
        Assert.Throws<ObjectDisposedException>(() => predictor.Classify(new float[Small.InputLength]));
        Assert.Throws<ObjectDisposedException>(predictor.Clone);
    }

    [Fact]
    public void A_network_has_one_trainer_at_a_time()
    {
        Small network = new(seed: 1);
        float[] inputs = TestData.Reals(2 * Small.InputLength, 1);
        float[] learned;
        using (Small.Trainer first = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy()))
        {
            Assert.Contains("dispose",
                Assert.Throws<InvalidOperationException>(() => network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy())).Message, StringComparison.Ordinal);
            first.Step(inputs, [0, 1]);
            learned = TestData.Parameters(network);
        }

        Tolerance.SameBits(learned, TestData.Parameters(network), "the parameters after the trainer's end");
        using Small.Trainer second = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy());
        second.Step(inputs, [0, 1]);
        Assert.NotEqual(learned, TestData.Parameters(network));
    }

    [Fact]
    public void What_was_learned_since_the_values_were_last_read_survives_the_trainer()
    {
        Small network = new(seed: 1);
        float[] inputs = TestData.Reals(2 * Small.InputLength, 1);
        using (Small.Trainer trainer = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy()))
        {
            trainer.Step(inputs, [0, 1]);
            _ = TestData.Parameters(network);
            trainer.Step(inputs, [0, 1]);
        }

        Small other = new(seed: 1);
        using (Small.Trainer trainer = other.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy()))
        {
            trainer.Step(inputs, [0, 1]);
            trainer.Step(inputs, [0, 1]);
        }

        Tolerance.SameBits(TestData.Parameters(other), TestData.Parameters(network), "the parameters");
    }

    [Fact]
    public void A_trainer_that_could_not_be_made_leaves_the_network_free()
    {
        Small network = new();
        Assert.ThrowsAny<ArgumentException>(() => network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = 0 }));
        Assert.ThrowsAny<ArgumentException>(() => network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { Threads = -1 }));
        Assert.ThrowsAny<ArgumentException>(() => network.CreateTrainer(null!, Loss.CrossEntropy()));
        Assert.ThrowsAny<ArgumentException>(() => network.CreateTrainer(new Sgd(0.1f), null!));
        network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy()).Dispose();
    }

    [Fact]
    public void An_activation_that_the_loss_contains_is_refused()
    {
        Assert.Contains("Softmax", Refusal(new EndsInSoftmax(), Loss.CrossEntropy()), StringComparison.Ordinal);
        Assert.Contains("LogSoftmax", Refusal(new EndsInLogSoftmax(), Loss.CrossEntropy(labelSmoothing: 0.1f)), StringComparison.Ordinal);
        Assert.Contains("Sigmoid", Refusal(new EndsInSigmoid(), Loss.BinaryCrossEntropy()), StringComparison.Ordinal);
        foreach (INetwork fine in new INetwork[] { new EndsInSoftmax(), new EndsInLogSoftmax(), new EndsInSigmoid() })
            fine.CreateTrainer(new Sgd(0.1f), Loss.MeanSquaredError()).Dispose();
        new EndsInSigmoid().CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy()).Dispose();
        new EndsInSoftmax().CreateTrainer(new Sgd(0.1f), Loss.BinaryCrossEntropy()).Dispose();
    }

    private static string Refusal(INetwork network, Loss loss)
    {
        string message = Assert.Throws<ArgumentException>(() => network.CreateTrainer(new Sgd(0.1f), loss)).Message;
        Assert.Contains("applied twice", message, StringComparison.Ordinal);
        return message;
    }
}
