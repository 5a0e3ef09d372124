using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Cnn.Training;

/// <summary>
/// A bar for the whole training with the loss and the accuracy, or the first metric, as sparklines, and above it a line for each epoch that is done. For
/// terminals.
/// </summary>
public sealed class LiveProgress : IProgress<FitProgress>
{
    private const int CurveWidth = 48;
    private const int BarWidth = 24;

    private readonly IAnsiConsole _console;
    private readonly LiveDisplayContext _display;
    private readonly string _accuracyLabel;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly List<double> _losses = [];
    private readonly List<double> _scores = [];
    private (string Name, string Last) _score = ("", "");

    private LiveProgress(IAnsiConsole console, LiveDisplayContext display, string accuracyLabel)
    {
        _console = console;
        _display = display;
        _accuracyLabel = accuracyLabel;
    }

    /// <summary>Runs a training under a display, which is gone when this returns; the lines of the epochs stay.</summary>
    /// <param name="console">Where it is shown.</param>
    /// <param name="accuracyLabel">What stands beside each accuracy, such as <c>on MNIST</c>; may be empty.</param>
    /// <param name="training">Runs <c>Fit</c> with the progress that it is given.</param>
    public static void Run(IAnsiConsole console, string accuracyLabel, Action<IProgress<FitProgress>> training)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(training);
        console.Live(new Text("")).AutoClear(true).Start(display => training(new LiveProgress(console, display, accuracyLabel)));
    }

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        if (value.Result is { } result)
        {
            _console.WriteLine(ProgressText.Ended(result));
            return;
        }

        if (value.Resumed)
            _console.WriteLine(ProgressText.Resumed(value));
        else
            _losses.Add(value.Loss);
        if (value.Completed is { } epoch)
        {
            AddScore(epoch);
            _console.WriteLine(ProgressText.Completed(value, epoch, _accuracyLabel, Stopwatch.GetElapsedTime(_began)));
        }

        _display.UpdateTarget(Picture(value));
    }

    private Rows Picture(in FitProgress progress)
    {
        double done = (progress.Epoch - 1 + ((double)progress.Step / progress.Steps)) / progress.Epochs;
        int filled = (int)(done * BarWidth);
        List<IRenderable> lines =
        [
            new Text(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {progress.Epoch}/{progress.Epochs} {new string('━', filled)}{new string('─', BarWidth - filled)} {done * 100:0} %  "
                + $"{ProgressText.Running(progress)}")),
            Curve("loss", _losses, progress.Loss.ToString("0.0000", CultureInfo.InvariantCulture), Color.Yellow),
        ];
        if (_scores.Any(double.IsFinite))
            lines.Add(Curve(_score.Name, _scores, _score.Last, Color.Green));
        return new Rows(lines);
    }

    /// <summary>The accuracy, or the first metric; without either the validation loss.</summary>
    private void AddScore(EpochResult epoch)
    {
        (string name, double value) = epoch switch
        {
            { ValidationAccuracy: >= 0 } => ("accuracy", epoch.ValidationAccuracy),
            { Metrics.Count: > 0 } => (epoch.Metrics.First().Key, epoch.Metrics.First().Value),
            { TrainingAccuracy: >= 0 } => ("accuracy", epoch.TrainingAccuracy),
            _ => ("validation loss", epoch.ValidationLoss),
        };
        _scores.Add(value);
        _score = (name, MetricValues.Text(name, value));
    }

    private static Paragraph Curve(string name, List<double> values, string last, Color color) => new Paragraph()
        .Append($"{name,-8} ")
        .Append(Sparkline.Of(values, CurveWidth), new Style(color))
        .Append($" {last}");
}
