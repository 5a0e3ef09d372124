using System.Diagnostics;

namespace Cnn.Training;

/// <summary>A line now and then, one for each epoch, and one that says what it came to and what to do next; for files and pipes.</summary>
/// <param name="output">Receives the lines.</param>
/// <param name="accuracyLabel">What stands beside each accuracy, such as <c>on MNIST</c>. Default: nothing.</param>
public sealed class PlainProgress(TextWriter output, string accuracyLabel = "") : IProgress<FitProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly long _began = Stopwatch.GetTimestamp();
    private long _shown = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        if (value.Result is { } result)
            output.WriteLine(ProgressText.Ended(result));
        else if (value.Resumed)
            output.WriteLine(ProgressText.Resumed(value));
        else if (value.Completed is { } epoch)
            output.WriteLine(ProgressText.Completed(value, epoch, accuracyLabel, Stopwatch.GetElapsedTime(_began)));
        else if (Stopwatch.GetElapsedTime(_shown) >= Interval)
            output.WriteLine($"epoch {value.Epoch}/{value.Epochs}, step {value.Step}/{value.Steps}: {ProgressText.Running(value)}");
        else
            return;
        _shown = Stopwatch.GetTimestamp();
        output.Flush();
    }
}
