using System.Globalization;
using LeNetSample.Training;

namespace LeNetSample.Display;

/// <summary>Picks the display that fits the terminal, and has the wording that both share.</summary>
internal static class TrainingDisplays
{
    /// <summary>Runs a training under a display, which is gone when it returns.</summary>
    public static void Run(Terminal terminal, string accuracyLabel, Action<ITrainingDisplay> training)
    {
        if (terminal.IsPlain)
            training(new PlainTrainingDisplay(terminal.Output, accuracyLabel));
        else
            LiveTrainingDisplay.Run(accuracyLabel, training);
    }

    public static string Describe(in TrainingProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {progress.Loss:0.0000}  {progress.StepsPerSecond:0} steps/s  {Clock(progress.TimeLeft)} left");

    public static string Describe(EpochResult result, string accuracyLabel) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {result.Epoch}/{result.Epochs}: loss {result.Loss:0.0000}, test accuracy {result.Accuracy * 100:0.00} % {accuracyLabel}, {result.StepsPerSecond:0} steps/s, {Clock(result.Time)} since the start");

    private static string Clock(TimeSpan time) => time.TotalHours < 1
        ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
        : time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
}
