using System.Globalization;

namespace Cnn.Training;

/// <summary>The wording that both displays share.</summary>
internal static class ProgressText
{
    public static string Running(in FitProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {progress.Loss:0.0000}  {progress.StepsPerSecond:0} steps/s  {Clock(progress.TimeLeft)} left");

    /// <param name="progress">With a completed epoch.</param>
    /// <param name="epoch">That epoch.</param>
    /// <param name="accuracyLabel">What stands beside the accuracy; may be empty.</param>
    /// <param name="time">Since the start.</param>
    public static string Completed(in FitProgress progress, EpochResult epoch, string accuracyLabel, TimeSpan time)
    {
        string accuracy = double.IsNaN(epoch.ValidationAccuracy)
            ? $"training accuracy {Percent(epoch.TrainingAccuracy)}"
            : $"test accuracy {Percent(epoch.ValidationAccuracy)}";
        string label = accuracyLabel.Length > 0 ? " " + accuracyLabel : "";
        string loss = !double.IsNaN(epoch.ValidationAccuracy) && !double.IsFinite(epoch.ValidationLoss)
            ? string.Create(CultureInfo.InvariantCulture, $", test loss {epoch.ValidationLoss}: the network's outputs are not finite")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch}/{progress.Epochs}: loss {epoch.TrainingLoss:0.0000}, {accuracy}{label}{loss}, {progress.StepsPerSecond:0} steps/s, "
            + $"{Clock(time)} since the start");
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
