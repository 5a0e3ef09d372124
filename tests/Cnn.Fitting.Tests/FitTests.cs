using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

public sealed class FitTests
{
    private static readonly ImageDataset Images = Quadrants.Create(200);
    private static readonly ImageDataset Others = Quadrants.Create(100, seed: 2);

    [Fact]
    public void A_network_learns_what_can_be_learnt()
    {
        var network = new TinyNetwork(seed: 1);
        Reports reports = new();
        FitResult result = network.Fit(Images, Others, Plain(8), reports, TestContext.Current.CancellationToken);
        EpochResult last = result.Epochs[^1];
        Assert.Equal(8, result.Epochs.Count);
        Assert.True(last.ValidationAccuracy > 0.9, $"accuracy {last.ValidationAccuracy}");
        Assert.True(last.TrainingAccuracy > 0.7, $"training accuracy {last.TrainingAccuracy}");
        Assert.True(last.TrainingLoss < result.Epochs[0].TrainingLoss / 2, $"{last.TrainingLoss} after {result.Epochs[0].TrainingLoss}");
        Assert.Equal(Evaluation.Of(network, Others, cancellation: TestContext.Current.CancellationToken).Accuracy, last.ValidationAccuracy);
        Assert.Equal(result.Epochs, reports.All.Select(report => report.Completed).OfType<EpochResult>());
    }

    [Fact]
    public void Fit_does_what_a_loop_of_steps_does()
    {
        var byHand = new TinyNetwork(seed: 1);
        MiniBatches batches = new(Images, batchSize: 16, seed: 5);
        using (TinyNetwork.Trainer trainer = byHand.CreateTrainer(new Sgd(0.05f) { Momentum = 0.9f }, Loss.CrossEntropy(), new TrainerOptions
        {
            BatchSize = 16,
            Seed = 5,
        }))
        {
            for (int epoch = 0; epoch < 3; epoch++)
            {
                batches.StartEpoch(epoch);
                while (batches.Next())
                    trainer.Step(batches.Inputs, batches.Labels);
            }
        }

        Assert.Equal(Bits.Of(byHand), Bits.After(Images, validation: null, Plain(3)));
    }

    [Fact]
    public void Threads_and_loader_workers_change_no_bit()
    {
        FitOptions options = Plain(2) with
        {
            Augmentation = new Augmentation { Shift = 1, Rotation = 20 },
            Clipping = GradientClipping.Norm(0.5f),
            Averaging = new WeightAveraging(0.9),
        };
        float[] one = Bits.After(Images, Others, options with { Threads = 1, LoaderWorkers = 0 });
        Assert.Equal(one, Bits.After(Images, Others, options with { Threads = 3, LoaderWorkers = 1 }));
        Assert.Equal(one, Bits.After(Images, Others, options with { Threads = 2, LoaderWorkers = 3 }));
    }

    [Fact]
    public void Validation_does_not_change_the_training() =>
        Assert.Equal(Bits.After(Images, validation: null, Plain(2)), Bits.After(Images, Others, Plain(2)));

    [Fact]
    public void Micro_batches_give_the_gradient_of_the_batch()
    {
        PlainNetwork one = Trained(microBatch: 0);
        PlainNetwork four = Trained(microBatch: 5);
        foreach ((float expected, float actual) in Bits.Of(one).Zip(Bits.Of(four)))
            Assert.Equal(expected, actual, 1e-5f);

        static PlainNetwork Trained(int microBatch)
        {
            var network = new PlainNetwork(seed: 1);
            network.Fit(Images, null, Plain(2) with { MicroBatch = microBatch }, cancellation: TestContext.Current.CancellationToken);
            return network;
        }
    }

    [Fact]
    public void The_learning_rate_follows_the_schedule_and_is_the_full_one_afterwards()
    {
        Sgd optimizer = new(0.1f);
        FitResult result = new TinyNetwork(seed: 1).Fit(
            Images, null, Plain(4) with { Optimizer = optimizer, Schedule = Schedule.Step(2, 0.5) }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([0.1f, 0.1f, 0.05f, 0.05f], result.Epochs.Select(epoch => (float)epoch.LearningRate));
        Assert.Equal(0.1f, optimizer.LearningRate);
    }

    [Fact]
    public void A_rate_that_diverges_is_told_with_what_to_do()
    {
        Sgd optimizer = new(1e30f);
        TrainingException exception = Assert.Throws<TrainingException>(() =>
            new TinyNetwork(seed: 1).Fit(Images, null, Plain(3) with { Optimizer = optimizer }, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("training diverged. Use a lower learning rate than 1E+30", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Early_stopping_ends_a_training_that_gets_no_better_with_the_best_epochs_parameters()
    {
        // A rate of 0 leaves the network as it is, but for the running statistics.
        var network = new PlainNetwork(seed: 1);
        FitOptions options = Plain(20) with { Optimizer = new Sgd(0), EarlyStopping = new EarlyStopping(Patience: 3) };
        FitResult result = network.Fit(Images, Others, options, cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.StoppedEarly);
        Assert.Equal(1, result.BestEpoch);
        Assert.Equal(4, result.Epochs.Count);
    }

    [Theory]
    [InlineData(Monitored.Accuracy)]
    [InlineData(Monitored.Loss)]
    public void The_best_epochs_parameters_are_restored(Monitored monitored)
    {
        var network = new TinyNetwork(seed: 1);

        // A large rate makes the epochs go up and down.
        FitOptions options = Plain(12) with { Optimizer = new Sgd(0.8f), Monitored = monitored, EarlyStopping = new EarlyStopping(Patience: 12) };
        FitResult result = network.Fit(Images, Others, options, cancellation: TestContext.Current.CancellationToken);
        EpochResult best = result.Epochs[result.BestEpoch - 1];
        Evaluation evaluation = Evaluation.Of(network, Others, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(best.ValidationAccuracy, evaluation.Accuracy);
        Assert.Equal(best.ValidationLoss, evaluation.Loss);
        Assert.Equal(
            monitored == Monitored.Accuracy ? result.Epochs.Max(epoch => epoch.ValidationAccuracy) : result.Epochs.Min(epoch => epoch.ValidationLoss),
            monitored == Monitored.Accuracy ? best.ValidationAccuracy : best.ValidationLoss);
    }

    [Fact]
    public void The_network_has_the_averages_in_the_end_and_they_are_what_is_validated()
    {
        var network = new TinyNetwork(seed: 1);
        FitResult result = network.Fit(Images, Others, Plain(3) with { Averaging = new WeightAveraging(0.95) { EverySteps = 1 } },
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(result.Epochs[^1].ValidationLoss, Evaluation.Of(network, Others, cancellation: TestContext.Current.CancellationToken).Loss);
        Assert.NotEqual(Bits.After(Images, null, Plain(3)), Bits.Of(network));
    }

    [Fact]
    public void An_average_forgets_as_its_formula_says()
    {
        var network = new PlainNetwork(seed: 1);
        AveragedWeights average = new(network, new WeightAveraging(0.9) { EverySteps = 2 });
        double expected = network.Parameters[0].Values[0];
        for (int update = 1; update <= 100; update++)
        {
            network.Parameters[0].Values[0] = update;
            average.AfterUpdate(update);
            if (update % 2 != 0)
                continue;
            double done = (update / 2) - 1;
            double decay = Math.Min(0.9 * 0.9, (1 + done) / (10 + done));
            expected = (decay * expected) + ((1 - decay) * update);
            Assert.Equal(expected, average.Values[0][0], 1e-4 * expected);
        }
    }

    [Fact]
    public void Settings_that_do_not_go_together_are_refused()
    {
        var network = new TinyNetwork(seed: 1);
        float[] before = Bits.Of(network);
        Assert.Contains("MicroBatch", Refused(Images, null, Plain(1) with { MicroBatch = -1 }), StringComparison.Ordinal);
        Assert.Contains("images to validate with", Refused(Images, null, Plain(1) with { EarlyStopping = new EarlyStopping(2) }), StringComparison.Ordinal);
        Assert.Contains("Epochs", Refused(Images, null, Plain(0)), StringComparison.Ordinal);
        Assert.Contains("BatchSize", Refused(Images, null, Plain(1) with { BatchSize = 0 }), StringComparison.Ordinal);
        Assert.Contains("The images have 4 floats, and TinyNetwork takes 64",
            Refused(new ImageDataset(new float[4], [0], [1, 2, 2], 4), null, Plain(1)), StringComparison.Ordinal);
        Assert.Contains("5 classes, and TinyNetwork has 4 outputs",
            Refused(new ImageDataset(new float[64], [0], [1, 8, 8], 5), null, Plain(1)), StringComparison.Ordinal);
        Assert.Equal(before, Bits.Of(network));

        string Refused(ImageDataset training, ImageDataset? validation, FitOptions options) =>
            Assert.ThrowsAny<ArgumentException>(() => network.Fit(training, validation, options, cancellation: TestContext.Current.CancellationToken)).Message;
    }

    [Fact]
    public void A_dataset_that_is_smaller_than_a_batch_is_one_batch()
    {
        FitResult result = new TinyNetwork(seed: 1)
            .Fit(Quadrants.Create(10), null, Plain(2) with { BatchSize = 64 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(2, result.Epochs.Count);
        Assert.All(result.Epochs, epoch => Assert.InRange(epoch.TrainingAccuracy, 0, 1));
    }

    private static FitOptions Plain(int epochs) => new() { Optimizer = new Sgd(0.05f) { Momentum = 0.9f }, Epochs = epochs, BatchSize = 16, Seed = 5 };
}
