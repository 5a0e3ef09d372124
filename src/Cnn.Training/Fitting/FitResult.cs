namespace Cnn.Training;

/// <summary>What a training came to.</summary>
/// <param name="Epochs">Each epoch that was run, also before an interruption.</param>
/// <param name="BestEpoch">
/// The number of the best one, from 1; 0 without validation examples. Of epochs with equal scores it is the one with the smallest validation loss.
/// </param>
/// <param name="StoppedEarly">Whether <see cref="EarlyStopping"/> ended it with epochs left to run.</param>
/// <param name="Resumed">Whether it went on from a checkpoint.</param>
public sealed record FitResult(IReadOnlyList<EpochResult> Epochs, int BestEpoch, bool StoppedEarly, bool Resumed)
{
    /// <summary>Whether a callback ended it with epochs left to run.</summary>
    public bool Stopped { get; init; }

    /// <summary>What the best epoch came to; the last one where none is the best; null where no epoch was completed.</summary>
    public EpochResult? Best => BestEpoch > 0 ? Epochs[BestEpoch - 1] : Epochs.LastOrDefault();

    /// <summary>As <c>10 epochs, the best was epoch 8: loss 0.0213, validation loss 0.0312, accuracy 99.02 %</c>.</summary>
    public override string ToString()
    {
        string ended = (StoppedEarly, Stopped) switch
        {
            (true, _) => ", stopped early",
            (_, true) => ", stopped by a callback",
            _ => string.Empty,
        };
        string best = Best is null ? string.Empty : $", the {(BestEpoch > 0 ? "best" : "last")} was {Best}";
        return CountFormat.Of(Epochs.Count, "epoch") + ended + best;
    }
}
