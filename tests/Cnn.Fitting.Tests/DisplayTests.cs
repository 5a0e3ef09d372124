using Cnn.Training;
using Spectre.Console.Testing;

namespace Cnn.Fitting.Tests;

public sealed class DisplayTests
{
    private static readonly EpochResult First = new(1, 0.5, 0.7, 0.4, 0.8125, 0.01, 2);

    [Fact]
    public void A_sparkline_goes_from_the_smallest_to_the_largest()
    {
        Assert.Equal("▁▅█", Sparkline.Of([0, 0.5, 1], 10));
        Assert.Equal("▁█", Sparkline.Of([1, 3, 5, 7], 2));
        Assert.Equal("▅▅", Sparkline.Of([2, 2], 5));
        Assert.Equal("▁ █", Sparkline.Of([1, double.NaN, 2], 5));
        Assert.Equal("", Sparkline.Of([], 5));
        Assert.Equal("  ", Sparkline.Of([double.NaN, double.NaN], 5));
    }

    [Fact]
    public void A_file_gets_a_line_for_each_epoch()
    {
        StringWriter output = new();
        PlainProgress progress = new(output, "on digits");
        progress.Report(Report(null));
        progress.Report(Report(First));
        Assert.Equal(
            "epoch 1/4: loss 0.5000, validation loss 0.4000, validation accuracy 81.25 % on digits, 20 steps/s, 0:00 since the start" + Environment.NewLine,
            output.ToString());
    }

    [Fact]
    public void Without_validation_the_training_accuracy_is_told()
    {
        StringWriter output = new();
        new PlainProgress(output).Report(Report(First with { ValidationAccuracy = double.NaN, ValidationLoss = double.NaN }));
        Assert.Contains("training accuracy 70.00 %, 20 steps/s", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_and_what_a_training_came_to_are_told_with_what_to_do_next()
    {
        StringWriter output = new();
        PlainProgress progress = new(output);
        EpochResult epoch = First with
        {
            TrainingAccuracy = double.NaN,
            ValidationAccuracy = double.NaN,
            Metrics = new MetricValues(new Dictionary<string, double> { ["R²"] = 0.98761, ["top-5 accuracy"] = 0.5 }),
        };
        progress.Report(Report(null) with { Epoch = 4, Step = 200, Resumed = true });
        progress.Report(Report(epoch) with { StepsPerSecond = 1.37 });
        progress.Report(Report(null) with { Result = new FitResult([epoch, epoch with { Epoch = 2 }], 1, StoppedEarly: true, Resumed: true) });
        string[] lines = output.ToString().Split(Environment.NewLine);
        Assert.Equal("resumed at epoch 4, step 200", lines[0]);
        Assert.StartsWith("epoch 1/4: loss 0.5000, validation loss 0.4000, validation R² 0.9876, validation top-5 accuracy 50.00 %, 1.4 steps/s", lines[1],
            StringComparison.Ordinal);
        Assert.Equal(
            "2 epochs, stopped early, the best was epoch 1: loss 0.5000, validation loss 0.4000, validation R² 0.9876, validation top-5 accuracy 50.00 %; "
            + "next: network.Save, then network.Evaluate on test examples", lines[2]);
    }

    [Fact]
    public void A_curve_that_would_be_flat_is_logarithmic()
    {
        Assert.Equal("█▇▅▃▁", Sparkline.Of([100, 20, 2, 0.2, 0.01], 5));
        Assert.Equal("█▁▁▁▁", Sparkline.Of([100, 1, 0.5, 0, -1], 5));
    }

    [Theory]
    [InlineData(1, "100.00 %")]
    [InlineData(0.999996, "99.99 %")]
    [InlineData(0.99994, "99.99 %")]
    [InlineData(0, "0.00 %")]
    public void Only_all_is_100_percent(double accuracy, string shown)
    {
        StringWriter output = new();
        new PlainProgress(output).Report(Report(First with { ValidationAccuracy = accuracy }));
        Assert.Contains($"validation accuracy {shown}, 20 steps/s", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_loss_that_is_no_number_is_told()
    {
        StringWriter output = new();
        new PlainProgress(output).Report(Report(First with { ValidationLoss = double.NaN }));
        Assert.Contains("validation loss NaN: the network's outputs are not finite", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_shows_a_bar_curves_and_the_time_left()
    {
        using TestConsole console = new();
        console.Profile.Width = 120;
        console.Interactive();
        console.Profile.Capabilities.Ansi = true;
        LiveProgress.Run(console, "on digits", progress =>
        {
            progress.Report(Report(null));
            progress.Report(Report(First));
        });
        Assert.Contains("epoch 1/4: loss 0.5000, validation loss 0.4000, validation accuracy 81.25 % on digits", console.Output, StringComparison.Ordinal);
        Assert.Contains("13 %  loss 0.6000  20 steps/s  1:05 left", console.Output, StringComparison.Ordinal);
        Assert.Contains("accuracy ▅ 81.25 %", console.Output, StringComparison.Ordinal);
    }

    private static FitProgress Report(EpochResult? completed) => new(1, 4, 5, 10, 0.6, 0.01, 20, TimeSpan.FromSeconds(65), completed);
}
