namespace Cnn.Training;

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainingLoss">The mean loss over its images, each before the update that it was part of.</param>
/// <param name="TrainingAccuracy">
/// The part of its training images, as they were varied, whose class the trainer found before the update; from 0 to 1. NaN where they have no classes, or
/// mixed ones.
/// </param>
/// <param name="ValidationLoss">The mean loss afterwards on the validation examples; NaN without such, or where an output is NaN.</param>
/// <param name="ValidationAccuracy">The accuracy afterwards, from 0 to 1; NaN without validation examples, or where they have no classes.</param>
/// <param name="LearningRate">Of the last update.</param>
/// <param name="Seconds">Of training alone, without validation and checkpoints.</param>
public sealed record EpochResult(
    int Epoch, double TrainingLoss, double TrainingAccuracy, double ValidationLoss, double ValidationAccuracy, double LearningRate, double Seconds)
{
    internal const int Fields = 6;

    /// <summary>What the metrics came to on the validation examples afterwards; none without such.</summary>
    public MetricValues Metrics { get; init; } = MetricValues.None;

    internal static EpochResult Of(int epoch, ReadOnlySpan<long> bits) => new(
        epoch,
        BitConverter.Int64BitsToDouble(bits[0]),
        BitConverter.Int64BitsToDouble(bits[1]),
        BitConverter.Int64BitsToDouble(bits[2]),
        BitConverter.Int64BitsToDouble(bits[3]),
        BitConverter.Int64BitsToDouble(bits[4]),
        BitConverter.Int64BitsToDouble(bits[5]));

    /// <summary>As <c>epoch 3: loss 0.1200, validation loss 0.1523, accuracy 95.31 %</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"epoch {Epoch}: ") + ProgressText.Numbers(this, string.Empty);

    /// <summary>As integers, in which a file keeps NaN and every bit.</summary>
    internal IEnumerable<long> Bits() =>
        new[] { TrainingLoss, TrainingAccuracy, ValidationLoss, ValidationAccuracy, LearningRate, Seconds }.Select(BitConverter.DoubleToInt64Bits);
}
