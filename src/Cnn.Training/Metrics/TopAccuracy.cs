using Cnn.Data;

namespace Cnn.Training;

/// <summary>The part whose class is among the k most likely ones, from 0 to 1.</summary>
/// <param name="k">How many count, at least 1.</param>
public sealed class TopAccuracy(int k) : Metric(FormattableString.Invariant($"top-{k} accuracy"), largerIsBetter: true)
{
    private readonly int _k = k >= 1 ? k : throw new ArgumentOutOfRangeException(nameof(k), FormattableString.Invariant($"k is {k}: give at least 1."));
    private double _right;
    private double _weight;

    /// <summary>A label that does not count. Default: null, each counts.</summary>
    public int? IgnoreLabel { get; init; }

    /// <inheritdoc/>
    public override double Value => _right / _weight;

    /// <inheritdoc/>
    public override void Reset() => (_right, _weight) = (0, 0);

    /// <inheritdoc/>
    public override void Add(in MetricBatch batch)
    {
        for (int image = 0; image < batch.Count; image++)
        {
            for (int position = 0; position < batch.Positions; position++)
            {
                if (batch.LabelAt(image, position, IgnoreLabel) is not { } label)
                    continue;
                double weight = batch.WeightAt(image, position);
                _weight += weight;
                _right += Rank(batch, image, position, label) < _k ? weight : 0;
            }
        }
    }

    /// <inheritdoc/>
    public override void Check(Port output, TargetFormat target) => NeedLabels(output, target);

    /// <summary>How many classes are thought more likely; of equal outputs the first counts as larger, and NaN is never among them.</summary>
    private static int Rank(in MetricBatch batch, int image, int position, int label)
    {
        float own = batch.Outputs[batch.IndexOf(image, label, position)];
        if (float.IsNaN(own))
            return int.MaxValue;
        int rank = 0;
        for (int channel = 0; channel < batch.Channels; channel++)
        {
            float other = batch.Outputs[batch.IndexOf(image, channel, position)];
            rank += other > own || (other == own && channel < label) ? 1 : 0;
        }

        return rank;
    }
}
