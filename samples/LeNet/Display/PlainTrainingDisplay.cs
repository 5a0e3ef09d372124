using System.Diagnostics;
using LeNetSample.Training;

namespace LeNetSample.Display;

/// <summary>A line now and then, for files and pipes.</summary>
internal sealed class PlainTrainingDisplay(TextWriter output, string accuracyLabel) : ITrainingDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long _shown = Stopwatch.GetTimestamp();

    public void Show(in TrainingProgress progress)
    {
        if (Stopwatch.GetElapsedTime(_shown) < Interval)
            return;
        _shown = Stopwatch.GetTimestamp();
        output.WriteLine($"epoch {progress.Epoch}/{progress.Epochs}, step {progress.Step}/{progress.Steps}: {TrainingDisplays.Describe(progress)}");
        output.Flush();
    }

    public void Show(EpochResult result)
    {
        output.WriteLine(TrainingDisplays.Describe(result, accuracyLabel));
        output.Flush();
    }
}
