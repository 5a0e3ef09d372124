namespace Cnn.Training;

/// <summary>What a training came to.</summary>
/// <param name="Epochs">Each epoch that was run, also before an interruption.</param>
/// <param name="BestEpoch">
/// The number of the best one, from 1; 0 without validation images. Of epochs with equal accuracies it is the one with the smallest validation loss.
/// </param>
/// <param name="StoppedEarly">Whether <see cref="EarlyStopping"/> ended it with epochs left to run.</param>
/// <param name="Resumed">Whether it went on from a checkpoint.</param>
public sealed record FitResult(IReadOnlyList<EpochResult> Epochs, int BestEpoch, bool StoppedEarly, bool Resumed);
