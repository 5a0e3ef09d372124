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
