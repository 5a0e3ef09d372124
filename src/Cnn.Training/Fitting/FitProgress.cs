namespace Cnn.Training;

/// <summary>Where a training stands. Reported about ten times a second, and after each epoch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">In all.</param>
/// <param name="Step">Updates of this epoch that are done.</param>
/// <param name="Steps">Of an epoch.</param>
/// <param name="Loss">A mean over the last updates, the latest weighing most.</param>
/// <param name="LearningRate">Of the last update.</param>
/// <param name="StepsPerSecond">Since the epoch began, or was resumed.</param>
/// <param name="TimeLeft">Of the whole training, if it goes on like this and stops no earlier.</param>
/// <param name="Completed">What the epoch came to, in the report after its end; otherwise null.</param>
public readonly record struct FitProgress(
    int Epoch, int Epochs, int Step, int Steps, double Loss, double LearningRate, double StepsPerSecond, TimeSpan TimeLeft, EpochResult? Completed)
{
    /// <summary>In the first report of a training that goes on from a checkpoint: nothing was run since then.</summary>
    public bool Resumed { get; init; }

    /// <summary>In the last report, what the training came to; otherwise null.</summary>
    public FitResult? Result { get; init; }
}
