using Cnn.Training;
using ScottPlot;

namespace Cnn.Plots;

/// <summary>Curves of a training and the confusion matrix of its result, as PNG files.</summary>
public static class TrainingPlots
{
    internal const int CurveWidth = 640;
    internal const int CurveHeight = 400;

    /// <summary>Up to this many points each has a marker, beyond it they would touch. A single point is nothing but its marker.</summary>
    private const int MostMarkers = 40;

    private const float MatrixCell = 44;
    private const float MatrixMargin = 110;

    /// <summary>
    /// Draws the loss of training and validation over the epochs, on a logarithmic axis: most of a training happens in the last hundredths. A loss of
    /// 0 has no place on it and is left out.
    /// </summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="epochs">Of <see cref="FitResult.Epochs"/>, at least one.</param>
    /// <param name="running">
    /// What a <see cref="LossRecorder"/> kept; without it, or if it is no curve because the training was too short, the training's curve has one
    /// point an epoch.
    /// </param>
    /// <exception cref="ArgumentException">There is no epoch.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveLoss(string path, IReadOnlyList<EpochResult> epochs, IReadOnlyList<LossPoint>? running = null) =>
        Write(Loss(epochs, running ?? []), path, CurveWidth, CurveHeight);

    /// <summary>Draws the accuracy of training and validation over the epochs.</summary>
    /// <inheritdoc cref="SaveLoss"/>
    public static void SaveAccuracy(string path, IReadOnlyList<EpochResult> epochs) => Write(Accuracy(epochs), path, CurveWidth, CurveHeight);

    /// <summary>Draws a metric of the validation over the epochs.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="epochs">Of <see cref="FitResult.Epochs"/>, at least one.</param>
    /// <param name="metric">Its <see cref="Metric.Key"/>, such as <c>mean IoU</c>.</param>
    /// <exception cref="ArgumentException">There is no epoch.</exception>
    /// <exception cref="KeyNotFoundException">There is no such metric; the message lists those that there are.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveMetric(string path, IReadOnlyList<EpochResult> epochs, string metric) =>
        Write(MetricCurve(epochs, metric), path, CurveWidth, CurveHeight);

    /// <summary>Draws the loss over the learning rate, both axes logarithmic, with the suggested rate as a line.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="sweep">What <see cref="LearningRateSearch.FindLearningRate"/> gave.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveLearningRates(string path, LearningRateSweep sweep) => Write(LearningRates(sweep), path, CurveWidth, CurveHeight);

    /// <summary>Draws how often each class was taken for each: truth downwards, prediction to the right, each row coloured by its shares.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="matrix">The counts.</param>
    /// <param name="classes">Names in the order of the classes; without them their numbers.</param>
    /// <exception cref="ArgumentException">There is another number of names than of classes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveConfusion(string path, ConfusionMatrix matrix, IReadOnlyList<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int size = MatrixSize(matrix);
        Write(Confusion(matrix, classes), path, size, size);
    }

    internal static int MatrixSize(ConfusionMatrix matrix) => (int)((matrix.Classes * MatrixCell) + MatrixMargin);

    internal static Plot Loss(IReadOnlyList<EpochResult> epochs, IReadOnlyList<LossPoint> running)
    {
        Plot plot = Curves(epochs, "loss");
        if (running.Count > 1)
            Add(plot, "training", running.Select(point => (point.Epochs, Math.Log10(point.Loss))));
        else
            Add(plot, "training", epochs.Select(epoch => ((double)epoch.Epoch, Math.Log10(epoch.TrainingLoss))));
        Add(plot, "validation", epochs.Select(epoch => ((double)epoch.Epoch, Math.Log10(epoch.ValidationLoss))));
        plot.Axes.Left.TickGenerator = LogarithmicTicks.Of(
            plot.GetPlottables<ScottPlot.Plottables.Scatter>().SelectMany(curve => curve.Data.GetScatterPoints()).Select(point => point.Y));
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    internal static Plot Accuracy(IReadOnlyList<EpochResult> epochs)
    {
        Plot plot = Curves(epochs, "accuracy, %");
        Add(plot, "training", epochs.Select(epoch => ((double)epoch.Epoch, epoch.TrainingAccuracy * 100)));
        Add(plot, "validation", epochs.Select(epoch => ((double)epoch.Epoch, epoch.ValidationAccuracy * 100)));
        plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }

    internal static Plot MetricCurve(IReadOnlyList<EpochResult> epochs, string metric)
    {
        Plot plot = Curves(epochs, metric);
        Add(plot, "validation", epochs.Select(epoch => ((double)epoch.Epoch, epoch.Metrics[metric])));
        plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }

    internal static Plot LearningRates(LearningRateSweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        Plot plot = new();
        plot.XLabel("learning rate");
        plot.YLabel("loss");
        Add(plot, "loss", sweep.Points.Select(point => (Math.Log10(point.LearningRate), Math.Log10(point.Loss))));
        ScottPlot.Plottables.VerticalLine suggested = plot.Add.VerticalLine(Math.Log10(sweep.Suggested));
        suggested.LegendText = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"suggested: {sweep.Suggested:G2}");
        plot.Axes.Left.TickGenerator = LogarithmicTicks.Of(sweep.Points.Select(point => Math.Log10(point.Loss)));
        plot.Axes.Bottom.TickGenerator = LogarithmicTicks.Of(sweep.Points.Select(point => Math.Log10(point.LearningRate)));
        plot.ShowLegend(Alignment.LowerLeft);
        return plot;
    }

    internal static Plot Confusion(ConfusionMatrix matrix, IReadOnlyList<string>? classes)
    {
        if (classes is not null && classes.Count != matrix.Classes)
            throw new ArgumentException($"There are {CountFormat.Of(classes.Count, "name")} for {CountFormat.Of(matrix.Classes, "class", "classes")}; "
                + "needed is one for each.", nameof(classes));
        string[] names = [.. classes
            ?? [.. Enumerable.Range(0, matrix.Classes).Select(index => index.ToString(System.Globalization.CultureInfo.InvariantCulture))]];
        Plot plot = new();
        double[,] shares = Shares(matrix);
        ScottPlot.Plottables.Heatmap map = plot.Add.Heatmap(shares);
        map.Colormap = new ScottPlot.Colormaps.CustomInterpolated([Colors.White, Color.FromHex("#6baed6"), Color.FromHex("#08306b")]);
        map.ManualRange = new ScottPlot.Range(0, 1);
        for (int truth = 0; truth < matrix.Classes; truth++)
        {
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
            {
                if (matrix[truth, predicted] > 0)
                    AddCount(plot, matrix, truth, predicted, shares[truth, predicted]);
            }
        }

        double[] places = [.. Enumerable.Range(0, matrix.Classes).Select(index => (double)index)];
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(places, names);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(places, [.. names.Reverse()]);
        if (names.Any(name => name.Length > 3))
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -45;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.UpperRight;
        }

        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, matrix.Classes - 0.5, -0.5, matrix.Classes - 0.5);
        plot.XLabel(matrix.Unpredicted == 0
            ? "predicted"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"predicted ({matrix.Unpredicted} NaN)"));
        plot.YLabel("truth");
        return plot;
    }

    /// <summary>Each row's counts as parts of it: a class with few inputs is as visible as one with many.</summary>
    private static double[,] Shares(ConfusionMatrix matrix)
    {
        double[,] shares = new double[matrix.Classes, matrix.Classes];
        for (int truth = 0; truth < matrix.Classes; truth++)
        {
            long row = Enumerable.Range(0, matrix.Classes).Sum(predicted => matrix[truth, predicted]) + matrix.UnpredictedOf(truth);
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
                shares[truth, predicted] = row == 0 ? 0 : (double)matrix[truth, predicted] / row;
        }

        return shares;
    }

    /// <summary>A heat map has its first row at the top, where the axis has its last place.</summary>
    private static void AddCount(Plot plot, ConfusionMatrix matrix, int truth, int predicted, double share)
    {
        ScottPlot.Plottables.Text count = plot.Add.Text(matrix[truth, predicted].ToString(System.Globalization.CultureInfo.InvariantCulture),
            predicted, matrix.Classes - 1 - truth);
        count.LabelAlignment = Alignment.MiddleCenter;
        count.LabelFontColor = share > 0.5 ? Colors.White : Colors.Black;
    }

    private static Plot Curves(IReadOnlyList<EpochResult> epochs, string what)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        if (epochs.Count == 0)
            throw new ArgumentException("There is no epoch to draw; needed is at least one that was completed.", nameof(epochs));
        Plot plot = new();
        plot.XLabel("epoch");
        plot.YLabel(what);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        return plot;
    }

    /// <summary>Without validation its numbers are NaN, and there is no curve.</summary>
    private static void Add(Plot plot, string name, IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)[] finite = [.. points.Where(point => double.IsFinite(point.Y))];
        if (finite.Length == 0)
            return;
        ScottPlot.Plottables.Scatter curve = plot.Add.Scatter(finite.Select(point => point.X).ToArray(), finite.Select(point => point.Y).ToArray());
        curve.LegendText = name;
        curve.LineWidth = 2;
        curve.MarkerSize = finite.Length <= MostMarkers ? 6 : 0;
    }

    internal static byte[] Png(Plot plot, int width, int height)
    {
        plot.Font.Set(PlotFont.Name);
        return plot.GetImageBytes(width, height, ImageFormat.Png);
    }

    private static void Write(Plot plot, string path, int width, int height)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] image = Png(plot, width, height);
        AtomicFile.Write(path, stream => stream.Write(image));
    }
}
