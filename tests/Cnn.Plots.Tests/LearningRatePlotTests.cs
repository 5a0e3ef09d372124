using Cnn.Training;

namespace Cnn.Plots.Tests;

public sealed class LearningRatePlotTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_sweep_is_a_picture_with_its_suggestion()
    {
        LearningRateSweep sweep = new([.. Enumerable.Range(0, 40).Select(step => new LearningRatePoint(1e-5 * Math.Pow(10, step / 10.0), Loss(step)))]);
        TrainingPlots.SaveLearningRates(_files["rates.png"], sweep);
        Picture picture = Picture.Read(_files["rates.png"]);
        Assert.Equal((TrainingPlots.CurveWidth, TrainingPlots.CurveHeight), (picture.Width, picture.Height));
        Assert.InRange(picture.Colours(), 3, int.MaxValue);
        ScottPlot.Plottables.VerticalLine line = Assert.Single(TrainingPlots.LearningRates(sweep).GetPlottables<ScottPlot.Plottables.VerticalLine>());
        Assert.Equal(Math.Log10(sweep.Suggested), line.X);

        static double Loss(int step) => 0.2 + (2 / (1 + Math.Exp(step - 20.0))) + (step > 32 ? step - 32 : 0);
    }

    [Fact]
    public void A_metric_is_a_picture_of_its_curve()
    {
        MetricValues[] values = [Values(0.4), Values(0.6)];
        EpochResult[] epochs = [.. values.Select((metrics, index) => new EpochResult(index + 1, 1, 1, 1, 1, 0.1, 1) { Metrics = metrics })];
        TrainingPlots.SaveMetric(_files["iou.png"], epochs, "mean IoU");
        Assert.InRange(Picture.Read(_files["iou.png"]).Colours(), 3, int.MaxValue);
        Assert.Throws<KeyNotFoundException>(() => TrainingPlots.SaveMetric(_files["none.png"], epochs, "Dice"));
    }

    private static MetricValues Values(double iou) => new(new Dictionary<string, double> { ["mean IoU"] = iou });
}
