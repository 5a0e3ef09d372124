using Cnn.Data;

namespace Cnn.Training;

/// <summary>
/// How much of the targets' variance the network explains, R²: 1 is all of it, 0 no more than their mean does, and less is worse than that.
/// </summary>
/// <remarks>
/// 1 - Σ (t - y)² / Σ (t - t̄)², where t̄ is the mean of each output's targets over the examples; of several outputs the sums are over all. This is
/// <c>r2_score(multioutput="variance_weighted")</c> of scikit-learn. NaN where all targets of an output are equal.
/// </remarks>
public sealed class RSquared() : Metric("R²", largerIsBetter: true)
{
    private double[] _weights = [];
    private double[] _means = [];
    private double _varied;
    private double _unexplained;

    /// <inheritdoc/>
    public override double Value => _varied > 0 ? 1 - (_unexplained / _varied) : double.NaN;

    /// <inheritdoc/>
    public override void Reset()
    {
        Array.Clear(_weights);
        Array.Clear(_means);
        (_varied, _unexplained) = (0, 0);
    }

    /// <inheritdoc/>
    public override void Add(in MetricBatch batch)
    {
        int length = batch.Port.Length;
        if (_means.Length != length)
            (_weights, _means) = (new double[length], new double[length]);
        for (int image = 0; image < batch.Count; image++)
        {
            for (int position = 0; position < batch.Positions; position++)
            {
                double weight = batch.WeightAt(image, position);
                for (int channel = 0; channel < batch.Channels && weight != 0; channel++)
                    Add(batch.IndexOf(0, channel, position), image * length, weight, batch);
            }
        }
    }

    /// <inheritdoc/>
    public override void Check(Port output, TargetFormat target) => NeedValues(output, target);

    /// <summary>The mean moves with each value, so that nothing cancels (Welford 1962, with weights: West 1979).</summary>
    private void Add(int column, int start, double weight, in MetricBatch batch)
    {
        double target = batch.Values[start + column];
        double error = target - batch.Outputs[start + column];
        _unexplained += weight * error * error;
        _weights[column] += weight;
        double difference = target - _means[column];
        _means[column] += difference * weight / _weights[column];
        _varied += weight * difference * (target - _means[column]);
    }
}
