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
            ? string.Create(CultureInfo.InvariantCulture, $"training accuracy {epoch.TrainingAccuracy * 100:0.00} %")
            : string.Create(CultureInfo.InvariantCulture, $"test accuracy {epoch.ValidationAccuracy * 100:0.00} %");
        string label = accuracyLabel.Length > 0 ? " " + accuracyLabel : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch}/{progress.Epochs}: loss {epoch.TrainingLoss:0.0000}, {accuracy}{label}, {progress.StepsPerSecond:0} steps/s, {Clock(time)} since the start");
    }

    private static string Clock(TimeSpan time) => time.TotalHours < 1
        ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
        : $"{(int)time.TotalHours}:{time.ToString(@"mm\:ss", CultureInfo.InvariantCulture)}";
}
