using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

/// <summary>Which epoch is the best and when a training stops, of losses and accuracies that tie, or are no numbers.</summary>
public sealed class BestEpochsTests
{
    private const double NaN = double.NaN;

    private static readonly ImageDataset Images = Quadrants.Create(64);
    private static readonly ImageDataset Others = Quadrants.Create(40, seed: 2);

    public static TheoryData<Monitored, double[], double[], int> Histories => new()
    {
        { Monitored.Accuracy, [1, 1, 1], [0.2115, 0.1, 0.0174], 3 },
        { Monitored.Accuracy, [1, 1, 1], [0.1, 0.3, 0.2], 1 },
        { Monitored.Accuracy, [0.5, 0.9, 0.8], [0.3, 0.4, 0.1], 2 },
        { Monitored.Accuracy, [0.9, 0.9, 0.9], [NaN, 0.5, NaN], 2 },
        { Monitored.Accuracy, [0, 0.2, 0.1], [NaN, NaN, 0.1], 2 },
        { Monitored.Loss, [1, 1, 1], [NaN, 0.5, 0.6], 2 },
        { Monitored.Loss, [1, 1, 1], [0.5, NaN, 0.4], 3 },
        { Monitored.Loss, [1, 1, 1], [0.5, NaN, NaN], 1 },
        { Monitored.Loss, [1, 1, 1], [NaN, NaN, NaN], 0 },
        { Monitored.Loss, [0.5, 0.7, 0.6], [0.4, 0.4, 0.4], 2 },
        { Monitored.Loss, [0.5, 0.7, 0.6], [double.PositiveInfinity, NaN, 1e300], 3 },
    };

    [Theory]
    [MemberData(nameof(Histories))]
    public void The_best_epoch_is_that_of_the_best_number_and_of_equal_ones_that_of_the_other(Monitored monitored,
        double[] accuracies, double[] losses, int best) =>
            Assert.Equal(best, Run(monitored, accuracies, losses, new EarlyStopping(100)).BestEpoch);

    [Theory]
    [InlineData(new[] { 0.5, 0.5, 0.5, 0.5 }, 0.0, 3)]
    [InlineData(new[] { NaN, NaN, 0.5, 0.4 }, 0.0, 2)]
    [InlineData(new[] { NaN, 0.5, 0.6, 0.7, 0.8 }, 0.0, 4)]
    [InlineData(new[] { 0.5, NaN, NaN, 0.4 }, 0.0, 3)]
    [InlineData(new[] { 0.5, 0.49, 0.48, 0.47 }, 0.1, 3)]
    [InlineData(new[] { 0.5, 0.45, 0.39, 0.38, 0.37 }, 0.1, 5)]
    public void Patience_begins_anew_with_each_gain_of_what_is_monitored(double[] losses, double leastGain, int epochs)
    {
        double[] accuracies = [.. losses.Select((_, index) => index / 10.0)];
        Assert.Equal(epochs, Run(Monitored.Loss, accuracies, losses, new EarlyStopping(2) { LeastGain = leastGain }).History.Count);
    }

    [Fact]
    public void A_network_that_is_right_from_the_start_ends_with_its_lowest_loss()
    {
        ImageDataset images = Quadrants.Create(64, brightness: 20);
        var network = new PlainNetwork(seed: 1);
        network.Fit(images, null, Options(20), cancellation: TestContext.Current.CancellationToken);
        FitOptions options = Options(6) with { EarlyStopping = new EarlyStopping(5) };
        FitResult result = network.Fit(images, images, options, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(1, result.Epochs[0].ValidationAccuracy);
        Assert.False(result.StoppedEarly);
        Assert.Equal(6, result.Epochs.Count);
        double least = result.Epochs.Min(epoch => epoch.ValidationLoss);
        Assert.True(least < result.Epochs[0].ValidationLoss);
        Assert.Equal(least, Evaluation.Of(network, images, cancellation: TestContext.Current.CancellationToken).Loss);
    }

    [Fact]
    public void A_training_that_ends_where_its_patience_does_has_not_stopped_early()
    {
        FitOptions options = Options(4) with { Optimizer = new Sgd(0), EarlyStopping = new EarlyStopping(3) };
        Assert.False(new PlainNetwork(seed: 1).Fit(Images, Others, options, cancellation: TestContext.Current.CancellationToken).StoppedEarly);
        Assert.True(
            new PlainNetwork(seed: 1).Fit(Images, Others, options with { Epochs = 5 }, cancellation: TestContext.Current.CancellationToken).StoppedEarly);
    }

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(2, -1.0)]
    [InlineData(2, double.NaN)]
    [InlineData(2, double.PositiveInfinity)]
    public void Stopping_that_cannot_be_is_refused(int patience, double leastGain)
    {
        FitOptions options = Options(2) with { EarlyStopping = new EarlyStopping(patience) { LeastGain = leastGain } };
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new PlainNetwork(seed: 1).Fit(Images, Others, options, cancellation: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_pixel_that_is_no_number_is_told_before_anything_is_trained(bool inValidation)
    {
        var values = new float[3 * 64];
        values[64 + 7] = float.NaN;
        ImageDataset damaged = new(values, [0, 1, 2], [1, 8, 8], 4);
        var network = new PlainNetwork(seed: 1);
        float[] before = Bits.Of(network);
        ArgumentException exception = Assert.Throws<ArgumentException>(() =>
            network.Fit(inValidation ? Images : damaged, inValidation ? damaged : Others, Options(2), cancellation: TestContext.Current.CancellationToken));
        Assert.Contains($"Element 7 of image 1 of the {(inValidation ? "validation" : "training")} images is NaN", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Bits.Of(network));
    }

    [Fact]
    public void A_last_update_that_ruins_the_parameters_is_told()
    {
        FitOptions options = Options(1) with { Optimizer = new Sgd(3e38f) { WeightDecay = 10 }, BatchSize = 64 };
        TrainingException exception = Assert.Throws<TrainingException>(() =>
            new PlainNetwork(seed: 1).Fit(Images, null, options, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("after the last update: training diverged", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_training_that_diverges_leaves_the_best_epochs_parameters(bool clipped)
    {
        var network = new PlainNetwork(seed: 1);
        FitOptions options = Options(5) with
        {
            BatchSize = 64,
            Optimizer = new Sgd(0.05f),
            Schedule = new RuinousSchedule(),
            EarlyStopping = new EarlyStopping(5),
            Clipping = clipped ? GradientClipping.Norm(1e30f) : null,
        };
        Reports reports = new();
        TrainingException exception = Assert.Throws<TrainingException>(
            () => network.Fit(Images, Others, options, reports, TestContext.Current.CancellationToken));
        EpochResult[] epochs = [.. reports.All.Select(report => report.Completed).OfType<EpochResult>()];
        EpochResult best = epochs.MaxBy(epoch => epoch.ValidationAccuracy)!;
        Assert.Contains($"The network has the parameters of epoch {best.Epoch}, the best one before that.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(best.ValidationLoss, Evaluation.Of(network, Others, cancellation: TestContext.Current.CancellationToken).Loss);
    }

    /// <summary>Lets the epochs end as they are given, and stops where a training would.</summary>
    private static FitState Run(Monitored monitored, double[] accuracies, double[] losses, EarlyStopping stopping)
    {
        FitOptions options = Options(100) with { Monitored = monitored, EarlyStopping = stopping };
        BestEpochs epochs = new(options, [new Accuracy()]);
        var network = new PlainNetwork(seed: 1);
        FitState state = new();
        for (int epoch = 1; epoch <= accuracies.Length && !epochs.ShouldStop(state); epoch++)
        {
            state.History.Add(new EpochResult(epoch, 1, 1, losses[epoch - 1], accuracies[epoch - 1], 0.1, 1));
            epochs.Take(state, network, average: null);
        }

        return state;
    }

    private static FitOptions Options(int epochs) => new() { Optimizer = new Sgd(0.05f), Epochs = epochs, BatchSize = 16, Seed = 5 };

    private sealed class RuinousSchedule : Schedule
    {
        public override string Description => "ruins the third epoch";

        public override double Factor(in SchedulePoint point) => point.Step < 2 * point.StepsPerEpoch ? 1 : 1e38;
    }
}
