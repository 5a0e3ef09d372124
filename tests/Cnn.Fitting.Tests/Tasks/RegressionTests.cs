using Cnn.Data;
using Cnn.Training;

namespace Cnn.Fitting.Tests.Tasks;

[Network, Input(2)]
[Linear(32), Tanh, Linear(32), Tanh, Linear(1)]
public sealed partial class Surface;

/// <summary>A number of numbers, with R² to say when it is enough.</summary>
public sealed class RegressionTests
{
    [Fact]
    public void A_regression_stops_early_by_its_R_squared()
    {
        Examples all = Create(600);
        (IExamples training, IExamples validation) = all.Split(0.8, seed: 3);
        Surface network = new(seed: 1);
        FitResult result = network.Fit(training, validation, new FitOptions
        {
            Optimizer = new Adam(0.01f),
            Loss = Loss.MeanSquaredError(),
            Metrics = [new RSquared(), new RootMeanSquaredError()],
            EarlyStopping = new EarlyStopping(Patience: 5) { LeastGain = 0.002 },
            Epochs = 200,
            BatchSize = 32,
        }, cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.StoppedEarly, result.ToString());
        Assert.True(result.Epochs.Count < 200);
        Assert.Equal(result.Epochs.Max(epoch => epoch.Metrics["R²"]), result.Best!.Metrics["R²"]);
        Assert.True(result.Best!.Metrics["R²"] > 0.95, result.ToString());
        Assert.True(double.IsNaN(result.Best!.ValidationAccuracy) && double.IsNaN(result.Best!.TrainingAccuracy));

        // The network has the best epoch's parameters.
        EvaluationResult now = network.Evaluate(
            validation, new EvaluationOptions { Metrics = [new RSquared(), new RootMeanSquaredError()] }, TestContext.Current.CancellationToken);
        Assert.Equal(result.Best!.Metrics, now.Metrics);
    }

    private static Examples Create(int count)
    {
        Random random = new(1);
        float[] places = [.. Enumerable.Range(0, 2 * count).Select(_ => (4 * random.NextSingle()) - 2)];
        float[] heights = [.. places.Chunk(2).Select(place => MathF.Sin(place[0]) * place[1])];
        return new Examples(count, places, heights);
    }
}
