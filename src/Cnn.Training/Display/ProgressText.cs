using System.Globalization;

namespace Cnn.Training;

/// <summary>The wording that both displays share.</summary>
internal static class ProgressText
{
    public static string Running(in FitProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {progress.Loss:0.0000}  {Rate(progress.StepsPerSecond)}  {Clock(progress.TimeLeft)} left");

    /// <param name="progress">With a completed epoch.</param>
    /// <param name="epoch">That epoch.</param>
    /// <param name="accuracyLabel">What stands beside the accuracy; may be empty.</param>
    /// <param name="time">Since the start.</param>
    public static string Completed(in FitProgress progress, EpochResult epoch, string accuracyLabel, TimeSpan time)
    {
        string rate = progress.StepsPerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Rate(progress.StepsPerSecond)}") : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch}/{progress.Epochs}: {Numbers(epoch, accuracyLabel)}{rate}, {Clock(time)} since the start");
    }

    /// <summary>Where a training goes on that was interrupted.</summary>
    public static string Resumed(in FitProgress progress) => string.Create(
        CultureInfo.InvariantCulture, $"resumed at epoch {progress.Epoch}, step {progress.Step}");

    /// <summary>What a training came to, and what to do next.</summary>
    public static string Ended(FitResult result)
    {
        string next = result switch
        {
            { Epochs.Count: 0 } => "no epoch was completed",
            { BestEpoch: 0 } => "next: network.Save, and validation examples to know how good it is on what it has not seen",
            _ when result.BestEpoch == result.Epochs.Count && !result.StoppedEarly && !result.Stopped =>
                "the last epoch was the best one: more epochs may be better still. Next: network.Save, then network.Evaluate on test examples",
            _ => "next: network.Save, then network.Evaluate on test examples",
        };
        return $"{result}; {next}";
    }

    private static string Rate(double stepsPerSecond) => stepsPerSecond < 10
        ? string.Create(CultureInfo.InvariantCulture, $"{stepsPerSecond:0.0} steps/s")
        : string.Create(CultureInfo.InvariantCulture, $"{stepsPerSecond:0} steps/s");

    /// <summary>Losses and metrics of an epoch.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="accuracyLabel">What stands beside the accuracy; may be empty.</param>
    public static string Numbers(EpochResult epoch, string accuracyLabel)
    {
        List<string> parts = [string.Create(CultureInfo.InvariantCulture, $"loss {epoch.TrainingLoss:0.0000}")];
        string label = accuracyLabel.Length > 0 ? " " + accuracyLabel : string.Empty;
        bool isValidated = !double.IsNaN(epoch.ValidationLoss) || !double.IsNaN(epoch.ValidationAccuracy) || epoch.Metrics.Count > 0;
        if (isValidated)
        {
            string found = double.IsFinite(epoch.ValidationLoss) ? string.Empty : ": the network's outputs are not finite";
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"validation loss {epoch.ValidationLoss:0.0000}{found}"));
        }

        if (!double.IsNaN(epoch.ValidationAccuracy))
            parts.Add($"validation accuracy {Percent(epoch.ValidationAccuracy)}{label}");
        else if (!isValidated && !double.IsNaN(epoch.TrainingAccuracy))
            parts.Add($"training accuracy {Percent(epoch.TrainingAccuracy)}{label}");
        parts.AddRange(epoch.Metrics.Where(static metric => metric.Key != "accuracy")
            .Select(static metric => $"validation {metric.Key} {MetricValues.Text(metric.Key, metric.Value)}"));
        return string.Join(", ", parts);
    }

    /// <summary>A part of 1, with two digits; 100 only where it is all.</summary>
    public static string Percent(double part)
    {
        double percent = Math.Round(part * 100, 2);
        return string.Create(CultureInfo.InvariantCulture, $"{(percent == 100 && part < 1 ? 99.99 : percent):0.00} %");
    }

    private static string Clock(TimeSpan time) => time.TotalHours < 1
        ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
        : $"{(int)time.TotalHours}:{time.ToString(@"mm\:ss", CultureInfo.InvariantCulture)}";
}
