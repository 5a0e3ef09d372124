using Cnn.Training;

namespace Cnn.Fitting.Tests;

/// <summary>Metrics against numbers that were computed by hand, in any number of batches.</summary>
public sealed class MetricValueTests
{
    private static readonly Port Vector = new("output", [3], 3, DataLayout.ChannelsFirst) { Layer = "linear1" };
    private static readonly Port Number = new("output", [1], 1, DataLayout.ChannelsFirst) { Layer = "linear1" };
    private static readonly Port Map = new("map", [3, 1, 2], 6, DataLayout.ChannelsFirst) { Layer = "conv1" };
    private static readonly Port MapLast = new("map", [1, 2, 3], 6, DataLayout.ChannelsLast) { Layer = "conv1" };

    [Fact]
    public void Accuracies_of_labels()
    {
        float[] outputs = [3, 1, 2, 0, 5, 4, 1, 1, 1, float.NaN, float.NaN, float.NaN];
        int[] labels = [0, 2, 1, 0];
        Assert.Equal(0.25, Of(new Accuracy(), Vector, outputs, labels));
        Assert.Equal(0.75, Of(new TopAccuracy(2), Vector, outputs, labels));
        Assert.Equal(0.75, Of(new TopAccuracy(3), Vector, outputs, labels));
        Assert.Equal(1.0 / 3, Of(new Accuracy(), Vector, outputs, [0, 2, 255, 0]));
        Assert.Equal(0.8, Of(new Accuracy(), Vector, outputs, labels, [4, 1, 0, 0]));
    }

    [Fact]
    public void Accuracies_of_values()
    {
        Assert.Equal(0.75, Of(new Accuracy(), Number, [2, -1, 3, float.NaN], (float[])[1, 0, 1, 0]));
        Assert.Equal(0.5, Of(new Accuracy(), Vector, [3, 1, 2, 0, 5, 4], (float[])[0.7f, 0.3f, 0, 0, 0.2f, 0.8f]));
    }

    [Fact]
    public void Errors()
    {
        float[] outputs = [1, 2, 4, 8];
        float[] targets = [0, 2, 6, 5];
        Assert.Equal(1.5, Of(new MeanAbsoluteError(), Number, outputs, targets));
        Assert.Equal(Math.Sqrt(3.5), Of(new RootMeanSquaredError(), Number, outputs, targets));

        // The mean is 3.25, and the sum of squares around it 22.75.
        Assert.Equal(1 - (14 / 22.75), Of(new RSquared(), Number, outputs, targets), 1e-12);
        Assert.Equal(1, Of(new MeanAbsoluteError(), Number, outputs, targets, [1, 1, 0.5f, 0]) * 2.5 / 2, 1e-12);
        Assert.Equal(double.NaN, Of(new RSquared(), Number, [1, 2], (float[])[3, 3]));
        Assert.Equal(1, Of(new RSquared(), Number, [1e6f, 1e6f + 1], (float[])[1e6f, 1e6f + 1]));
    }

    [Fact]
    public void Overlaps_of_label_maps_in_both_layouts()
    {
        // Two images of two positions. Found: 0, 1 and 2, 1; there: 0, 0 and 2, 255.
        float[] first = [5, 0, 1, 9, 0, 0, 0, 0, 1, 3, 2, 0];
        float[] last = [5, 1, 0, 0, 9, 0, 0, 1, 2, 0, 3, 0];
        int[] labels = [0, 0, 2, 255];
        foreach ((Port port, float[] outputs) in new[] { (Map, first), (MapLast, last) })
        {
            Assert.Equal((0.5 + 0 + 1) / 3, Of(new MeanIoU(), port, outputs, labels), 1e-12);
            Assert.Equal(((2.0 / 3) + 0 + 1) / 3, Of(new DiceScore(), port, outputs, labels), 1e-12);
            Assert.Equal(2.0 / 3, Of(new Accuracy(), port, outputs, labels), 1e-12);
            Assert.Equal(0, Of(new MeanIoU { IgnoreLabel = 0 }, port, outputs, [0, 0, 1, 0]));
        }

        MeanIoU metric = new();
        Of(metric, Map, first, labels);
        Assert.Equal(0.5, metric.Of(0));
        Assert.Equal(0, metric.Of(1));
        Assert.Equal(1, metric.Of(2));
    }

    [Fact]
    public void Overlaps_of_masks()
    {
        float[] outputs = [1, -1, 2, -2];
        float[] masks = [1, 1, 0, 0];
        Assert.Equal(1.0 / 3, Of(new MeanIoU(), Number, outputs, masks), 1e-12);
        Assert.Equal(0.5, Of(new DiceScore(), Number, outputs, masks), 1e-12);
        Assert.Equal(double.NaN, Of(new DiceScore(), Number, [-1, -1], (float[])[0, 0]));
    }

    [Fact]
    public void Functions_of_ones_own()
    {
        Metric spread = Metric.OfValues("spread", largerIsBetter: false, static (y, t) => Math.Abs(y[2] - t[0]));
        Assert.Equal(2.5, Of(spread, Vector, [0, 0, 1, 0, 0, 7], (float[])[0, 0, 0, 3, 0, 0]));
        Metric first = Metric.OfLabels("first", largerIsBetter: true, static (y, labels) => y[labels[0]]);
        Assert.Equal(3.5, Of(first, Vector, [0, 0, 1, 6, 0, 7], [2, 0]));
        Assert.Equal("spread, smaller is better", spread.ToString());
        Assert.Equal("digit top-5 accuracy, larger is better", new TopAccuracy(5) { Output = "digit" }.ToString());
    }

    [Fact]
    public void Values_have_names()
    {
        MetricValues values = new(["accuracy", "age mean absolute error"], [0.9812, 2.25]);
        Assert.Equal("accuracy 98.12 %, age mean absolute error 2.25", values.ToString());
        Assert.Equal(2.25, values["age mean absolute error"]);
        Assert.Contains("There is no metric 'R²'; there are: accuracy, age mean absolute error.",
            Assert.Throws<KeyNotFoundException>(() => values["R²"]).Message, StringComparison.Ordinal);
        Assert.Equal(values, new MetricValues(["accuracy", "age mean absolute error"], [0.9812, 2.25]));
        Assert.NotEqual(values, new MetricValues(["accuracy", "age mean absolute error"], [0.9812, 2.5]));
    }

    private static double Of(Metric metric, Port port, float[] outputs, int[] labels, float[]? weights = null)
    {
        double whole = Batches(outputs.Length / port.Length);
        Assert.Equal(whole, Batches(1), 1e-12);
        return whole;

        double Batches(int images)
        {
            metric.Reset();
            int count = outputs.Length / port.Length;
            int positions = labels.Length / count;
            for (int image = 0; image < count; image += images)
            {
                metric.Add(new MetricBatch(port, outputs.AsSpan(image * port.Length, images * port.Length),
                    labels.AsSpan(image * positions, images * positions), weights.AsSpan(weights is null ? 0 : image, weights is null ? 0 : images)));
            }

            return metric.Value;
        }
    }

    private static double Of(Metric metric, Port port, float[] outputs, float[] values, float[]? weights = null)
    {
        metric.Reset();
        for (int image = 0; image < outputs.Length / port.Length; image++)
        {
            metric.Add(new MetricBatch(port, outputs.AsSpan(image * port.Length, port.Length), values.AsSpan(image * port.Length, port.Length),
                weights.AsSpan(weights is null ? 0 : image, weights is null ? 0 : 1)));
        }

        return metric.Value;
    }
}
