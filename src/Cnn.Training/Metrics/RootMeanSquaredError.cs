using Cnn.Data;

namespace Cnn.Training;

/// <summary>The square root of the mean of (output - target)² over all values, in units of the output.</summary>
public sealed class RootMeanSquaredError() : Metric("root mean squared error", largerIsBetter: false)
{
    private ErrorSum _sum;

    /// <inheritdoc/>
    public override double Value => Math.Sqrt(_sum.Mean);

    /// <inheritdoc/>
    public override void Reset() => _sum = default;

    /// <inheritdoc/>
    public override void Add(in MetricBatch batch) => _sum.Add(batch, static difference => difference * difference);

    /// <inheritdoc/>
    public override void Check(Port output, TargetFormat target) => NeedValues(output, target);
}
