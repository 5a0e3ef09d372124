using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

public sealed class LearningRateSearchTests
{
    private static readonly ImageDataset Images = Quadrants.Create(200);

    [Fact]
    public void A_rate_is_found_that_learns_and_the_network_is_as_it_was()
    {
        TinyNetwork network = new(seed: 1);
        float[] before = Bits.Of(network);
        Sgd optimizer = new(0.3f) { Momentum = 0.9f };
        FitOptions options = new() { Optimizer = optimizer, BatchSize = 16, Epochs = 4, Seed = 5 };
        LearningRateSweep sweep = network.FindLearningRate(Images, options, from: 1e-5, to: 10, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(before, Bits.Of(network));
        Assert.Equal(0.3f, optimizer.LearningRate);
        Assert.InRange(sweep.Suggested, 1e-3, sweep.Least);
        Assert.Equal(sweep.Points.OrderBy(point => point.LearningRate), sweep.Points);
        Assert.Equal(1e-5, sweep.Points[0].LearningRate, 1e-12);
        Assert.Contains("is suggested", sweep.ToString(), StringComparison.Ordinal);

        double first = network.Evaluate(Images, cancellation: TestContext.Current.CancellationToken).Metrics["accuracy"];
        FitOptions suggested = options with { Optimizer = new Sgd((float)sweep.Suggested) { Momentum = 0.9f } };
        FitResult result = network.Fit(Images, Images, suggested, cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.Best!.ValidationAccuracy > Math.Max(0.8, first), result.ToString());
    }

    [Fact]
    public void The_steepest_descent_before_the_smallest_loss_is_suggested()
    {
        double[] losses = [2, 1.9, 1.5, 0.9, 0.8, 0.7, 3, 0.9];
        LearningRateSweep sweep = new([.. losses.Select((loss, step) => new LearningRatePoint(Math.Pow(10, step - 5), loss))]);
        Assert.Equal(1e-3, sweep.Suggested, 1e-12);
        Assert.Equal(1, sweep.Least);
        Assert.Throws<ArgumentException>(() => new LearningRateSweep([]));
    }

    [Fact]
    public void Rates_that_do_not_rise_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new TinyNetwork(seed: 1).FindLearningRate(Images, new FitOptions { Optimizer = new Sgd(0.1f) }, from: 1, to: 0.1,
            cancellation: TestContext.Current.CancellationToken));
}
