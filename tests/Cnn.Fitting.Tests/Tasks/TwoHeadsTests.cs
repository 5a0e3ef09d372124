using Cnn.Data;
using Cnn.Training;

namespace Cnn.Fitting.Tests.Tasks;

[Network]
[Input(1, 8, 8, Name = "image")]
[Conv(8, 3, Padding = 1), ReLU, MaxPool(2), Flatten, Linear(24), ReLU(Name = "features")]
[Linear(4), Output("kind")]
[Linear(1, From = "features"), Output("brightness")]
public sealed partial class Portrait;

/// <summary>One body, one output for a class and one for a number, each with a loss of its own.</summary>
public sealed class TwoHeadsTests
{
    [Fact]
    public void Two_heads_with_different_losses_are_trained_by_Fit()
    {
        Portrait network = new(seed: 1);
        FitOptions options = new()
        {
            Optimizer = new Adam(5e-3f),
            Loss = Loss.Each(Loss.CrossEntropy(), 4 * Loss.Huber()),
            Metrics = [new Accuracy { Output = "kind" }, new MeanAbsoluteError { Output = "brightness" }],
            MonitoredMetric = "brightness mean absolute error",
            EarlyStopping = new EarlyStopping(Patience: 4),
            Epochs = 12,
            BatchSize = 32,
        };
        Examples validation = Create(100, seed: 2);
        FitResult result = network.Fit(Create(400, seed: 1), validation, options, cancellation: TestContext.Current.CancellationToken);
        MetricValues best = result.Best!.Metrics;
        Assert.True(best["kind accuracy"] > 0.9, result.ToString());
        Assert.True(best["brightness mean absolute error"] < 0.08, result.ToString());
        Assert.Equal(result.Epochs.Min(epoch => epoch.Metrics["brightness mean absolute error"]), best["brightness mean absolute error"]);

        EvaluationResult evaluation = network.Evaluate(validation, new EvaluationOptions { Loss = options.Loss, Metrics = options.Metrics },
            TestContext.Current.CancellationToken);
        Assert.Equal(best, evaluation.Metrics);
        Assert.Equal(result.Best!.ValidationLoss, evaluation.Loss);
        Assert.Equal(evaluation.Loss, evaluation.OutputLosses.Sum(), 1e-12);
    }

    /// <summary>Noise with a bright quadrant, which is the kind; how bright it is is the number.</summary>
    private static Examples Create(int count, int seed)
    {
        Random random = new(seed);
        (float[] pixels, int[] kinds, float[] brightness) = (new float[count * 64], new int[count], new float[count]);
        for (int index = 0; index < pixels.Length; index++)
        {
            (int image, int row, int column) = (index / 64, index / 8 % 8, index % 8);
            if (index % 64 == 0)
                (kinds[image], brightness[image]) = (random.Next(4), 0.5f + random.NextSingle());
            bool isBright = (row / 4 * 2) + (column / 4) == kinds[image];
            pixels[index] = (0.3f * random.NextSingle()) + (isBright ? brightness[image] : 0);
        }

        return new Examples(count, inputs: [pixels], targets: [kinds, brightness]);
    }
}
