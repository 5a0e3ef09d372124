using Cnn.Training;
using ScottPlot;
using ScottPlot.Plottables;

namespace Cnn.Plots.Tests;

public sealed class TrainingPlotsTests : IDisposable
{
    private static readonly EpochResult[] Epochs =
    [
        new(1, 0.9, 0.70, 0.5, 0.85, 0.1, 3),
        new(2, 0.4, 0.88, 0.3, 0.91, 0.05, 3),
        new(3, 0.2, 0.95, double.NaN, double.NaN, 0.01, 3),
    ];

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Loss_and_accuracy_are_pictures_of_curves()
    {
        TrainingPlots.SaveLoss(_files["loss.png"], Epochs);
        TrainingPlots.SaveAccuracy(_files["accuracy.png"], Epochs);
        foreach (string file in (string[])["loss.png", "accuracy.png"])
        {
            Picture picture = Picture.Read(_files[file]);
            Assert.Equal((TrainingPlots.CurveWidth, TrainingPlots.CurveHeight), (picture.Width, picture.Height));
            Assert.InRange(picture.Colours(), 3, int.MaxValue);
        }
    }

    [Fact]
    public void The_curves_have_the_numbers_of_the_epochs_and_leave_out_what_was_not_measured()
    {
        Assert.Equal(["training: (1, 0.9) (2, 0.4) (3, 0.2)", "validation: (1, 0.5) (2, 0.3)"], Curves(TrainingPlots.Loss(Epochs, []), logarithmic: true));
        Assert.Equal(["training: (1, 70) (2, 88) (3, 95)", "validation: (1, 85) (2, 91)"], Curves(TrainingPlots.Accuracy(Epochs)));
    }

    [Fact]
    public void Without_validation_there_is_one_curve()
        => Assert.Equal(["training: (3, 95)"], Curves(TrainingPlots.Accuracy([Epochs[2]])));

    [Fact]
    public void The_losses_of_a_recorder_stand_between_the_epochs()
    {
        List<FitProgress> passedOn = [];
        LossRecorder recorder = new(new Listener(passedOn.Add));
        FitProgress[] reports =
        [
            new(1, 2, 50, 200, 0.8, 0.1, 10, TimeSpan.Zero, null),
            new(1, 2, 200, 200, 0.7, 0.1, 10, TimeSpan.Zero, Epochs[0]),
            new(2, 2, 100, 200, 0.6, 0.1, 10, TimeSpan.Zero, null),
        ];
        foreach (FitProgress report in reports)
            recorder.Report(report);
        Assert.Equal(reports, passedOn);
        Assert.Equal([new LossPoint(0.25, 0.8), new LossPoint(1.5, 0.6)], recorder.Points);
        Assert.Equal("training: (0.25, 0.8) (1.5, 0.6)", Curves(TrainingPlots.Loss(Epochs, recorder.Points), logarithmic: true).First());
    }

    public static TheoryData<int, int> Lengths => new() { { 1, 0 }, { 1, 1 }, { 1, 2 }, { 2, 1 }, { 5, 1 }, { 39, 0 }, { 45, 0 }, { 45, 1 }, { 3, 200 } };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Every_curve_that_the_legend_lists_is_in_the_picture(int epochs, int recorded)
    {
        // Only the first epoch is validated, so that its curve is a point, however many epochs there are.
        EpochResult[] results = [.. Enumerable.Range(1, epochs).Select(epoch => new EpochResult(
            epoch, 1.0 / epoch, 1 - (0.5 / epoch), epoch == 1 ? 0.5 : double.NaN, epoch == 1 ? 0.8 : double.NaN, 0.1, 1))];
        LossPoint[] points = [.. Enumerable.Range(1, recorded).Select(point => new LossPoint((double)epochs * point / recorded, 1.0 / point))];
        foreach (Plot plot in new[] { TrainingPlots.Loss(results, points), TrainingPlots.Accuracy(results) })
        {
            string[] listed = [.. plot.GetPlottables<Scatter>().Select(curve => curve.LegendText)];
            Assert.Equal(["training", "validation"], listed);
            foreach (Scatter curve in plot.GetPlottables<Scatter>())
            {
                // The legend has each curve's colour too.
                plot.HideLegend();
                using SkiaSharp.SKBitmap bitmap = SkiaSharp.SKBitmap.Decode(
                    plot.GetImageBytes(TrainingPlots.CurveWidth, TrainingPlots.CurveHeight, ImageFormat.Png));
                SkiaSharp.SKColor colour = new(curve.Color.R, curve.Color.G, curve.Color.B);
                Assert.True(bitmap.Pixels.Count(pixel => pixel == colour) >= 8, $"the curve '{curve.LegendText}' is not drawn");
            }
        }
    }

    [Theory]
    [InlineData(0.9, 0.9, "0.8 0.9 1 1.1")]
    [InlineData(0.2, 0.9, "0.2 0.4 0.6 0.8 1")]
    [InlineData(0.00031, 0.00034, "0.00031 0.00032 0.00033 0.00034")]
    [InlineData(5, 7, "5 5.5 6 6.5 7")]
    public void A_loss_that_meets_no_two_powers_of_ten_has_round_numbers_at_its_axis(double least, double most, string labels)
    {
        Plot plot = TrainingPlots.Loss([new(1, most, 0.5, least, 0.5, 0.1, 1)], []);
        plot.RenderInMemory(400, 400);
        Assert.Equal(labels, string.Join(' ', Ticks(plot.Axes.Left.TickGenerator).Select(tick => tick.Item2)));
        Assert.All(Ticks(plot.Axes.Left.TickGenerator),
            tick => Assert.Equal(double.Parse(tick.Item2, System.Globalization.CultureInfo.InvariantCulture), Math.Pow(10, tick.Item1), 1e-9));
    }

    [Fact]
    public void What_has_no_prediction_is_told_and_counts_in_the_shares()
    {
        ConfusionMatrix matrix = new(2);
        matrix.Add(0, 0);
        matrix.Add(0, Logits.NoClass);
        Plot plot = TrainingPlots.Confusion(matrix, null);
        Assert.Equal(new[,] { { 0.5, 0 }, { 0, 0 } }, Assert.Single(plot.GetPlottables<Heatmap>()).Intensities);
        Assert.Contains("(1 NaN)", plot.Axes.Bottom.Label.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_without_an_epoch_is_refused_and_leaves_no_file()
    {
        Assert.Contains("no epoch", Assert.Throws<ArgumentException>(() => TrainingPlots.SaveLoss(_files["loss.png"], [])).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_files["loss.png"]));
    }

    [Fact]
    public void A_confusion_matrix_shows_each_count_where_truth_and_prediction_meet()
    {
        ConfusionMatrix matrix = new(3);
        for (int count = 0; count < 8; count++)
            matrix.Add(0, 0);
        matrix.Add(0, 2);
        matrix.Add(0, 2);
        matrix.Add(2, 1);
        Plot plot = TrainingPlots.Confusion(matrix, ["cat", "dog", "frog"]);
        plot.RenderInMemory(400, 400);
        Heatmap map = Assert.Single(plot.GetPlottables<Heatmap>());
        Assert.Equal(new[,] { { 0.8, 0, 0.2 }, { 0, 0, 0 }, { 0, 1, 0 } }, map.Intensities);
        // The first class stands at the top, at the largest place of the upward axis.
        Assert.Equal([(0, 2, "8"), (2, 2, "2"), (1, 0, "1")], plot.GetPlottables<Text>().Select(text => (text.Location.X, text.Location.Y, text.LabelText)));
        Assert.Equal([(0, "frog"), (1, "dog"), (2, "cat")], Ticks(plot.Axes.Left.TickGenerator));
        Assert.Equal([(0, "cat"), (1, "dog"), (2, "frog")], Ticks(plot.Axes.Bottom.TickGenerator));
    }

    [Fact]
    public void A_confusion_matrix_is_drawn_as_large_as_its_classes_need()
    {
        foreach (int classes in (int[])[2, 10])
        {
            ConfusionMatrix matrix = new(classes);
            matrix.Add(1, 0);
            TrainingPlots.SaveConfusion(_files["confusion.png"], matrix);
            Picture picture = Picture.Read(_files["confusion.png"]);
            Assert.Equal((TrainingPlots.MatrixSize(matrix), TrainingPlots.MatrixSize(matrix)), (picture.Width, picture.Height));
        }
    }

    [Fact]
    public void What_is_frequent_is_dark_and_what_never_happens_white()
    {
        ConfusionMatrix matrix = new(2);
        matrix.Add(0, 0);
        TrainingPlots.SaveConfusion(_files["confusion.png"], matrix);
        Picture picture = Picture.Read(_files["confusion.png"]);
        int side = TrainingPlots.MatrixSize(matrix);
        (int dark, int white) = (0, 0);
        for (int place = 0; place < side * side; place++)
        {
            (byte red, byte green, byte blue) = picture.At(place % side, place / side);
            dark += (red, green, blue) == (0x08, 0x30, 0x6b) ? 1 : 0;
            white += (red, green, blue) == (255, 255, 255) ? 1 : 0;
        }

        Assert.InRange(dark, 1000, side * side / 4);
        Assert.InRange(white, side * side / 2, side * side);
    }

    [Fact]
    public void Names_must_be_as_many_as_classes()
        => Assert.Contains("2 names for 3 classes",
            Assert.Throws<ArgumentException>(() => TrainingPlots.Confusion(new ConfusionMatrix(3), ["a", "b"])).Message, StringComparison.Ordinal);

    private static IEnumerable<string> Curves(Plot plot, bool logarithmic = false)
    {
        return plot.GetPlottables<Scatter>().Select(curve => $"{curve.LegendText}: {string.Join(' ', curve.Data.GetScatterPoints().Select(Text))}");

        string Text(Coordinates point) =>
            FormattableString.Invariant($"({point.X}, {Math.Round(logarithmic ? Math.Pow(10, point.Y) : point.Y, 6)})");
    }

    private static IEnumerable<(double, string)> Ticks(ITickGenerator generator) =>
        Assert.IsType<ScottPlot.TickGenerators.NumericManual>(generator).Ticks.Select(tick => (tick.Position, tick.Label)).OrderBy(tick => tick.Position);

    private sealed class Listener(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}
