using Cnn.Data;

namespace Cnn.Training;

/// <summary>The mean of |output - target| over all values, in units of the output.</summary>
public sealed class MeanAbsoluteError() : Metric("mean absolute error", largerIsBetter: false)
{
    private ErrorSum _sum;

    /// <inheritdoc/>
    public override double Value => _sum.Mean;

    /// <inheritdoc/>
    public override void Reset() => _sum = default;

    /// <inheritdoc/>
    public override void Add(in MetricBatch batch) => _sum.Add(batch, static difference => Math.Abs(difference));

    /// <inheritdoc/>
    public override void Check(Port output, TargetFormat target) => NeedValues(output, target);
}
