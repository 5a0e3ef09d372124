namespace LeNetSample.Training;

/// <summary>Where a training stands.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">In all.</param>
/// <param name="Step">Steps of this epoch that are done.</param>
/// <param name="Steps">Of an epoch.</param>
/// <param name="Loss">The mean over the last steps.</param>
/// <param name="StepsPerSecond">Since the epoch began.</param>
/// <param name="TimeLeft">Of the whole training, if it goes on like this.</param>
internal readonly record struct TrainingProgress(int Epoch, int Epochs, int Step, int Steps, float Loss, double StepsPerSecond, TimeSpan TimeLeft);

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">In all.</param>
/// <param name="Loss">The mean over its steps.</param>
/// <param name="Accuracy">On the test images, from 0 to 1.</param>
/// <param name="StepsPerSecond">Of training alone.</param>
/// <param name="Time">Since training began, tests included.</param>
internal sealed record EpochResult(int Epoch, int Epochs, double Loss, double Accuracy, double StepsPerSecond, TimeSpan Time);
