using Cnn.Data;

namespace Cnn.Training;

/// <summary>The number of one example whose target are values.</summary>
/// <param name="outputs">The network's, as they lie in the output.</param>
/// <param name="values">What they should be.</param>
public delegate double ValueScore(ReadOnlySpan<float> outputs, ReadOnlySpan<float> values);

/// <summary>The number of one example whose target are labels.</summary>
/// <param name="outputs">The network's, as they lie in the output.</param>
/// <param name="labels">One, or one a position.</param>
public delegate double LabelScore(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels);

/// <summary>The mean of a function of the user's over the examples, by their weights.</summary>
internal sealed class ExampleMean(string name, bool largerIsBetter, ValueScore? ofValues, LabelScore? ofLabels) : Metric(name, largerIsBetter)
{
    private double _sum;
    private double _weight;

    public override double Value => _sum / _weight;

    public override void Reset() => (_sum, _weight) = (0, 0);

    public override void Add(in MetricBatch batch)
    {
        int length = batch.Port.Length;
        for (int image = 0; image < batch.Count; image++)
        {
            double weight = batch.WeightAt(image, 0);
            if (weight == 0)
                continue;
            ReadOnlySpan<float> outputs = batch.Outputs.Slice(image * length, length);
            int count = (ofValues is null ? batch.Labels.Length : batch.Values.Length) / batch.Count;
            _sum += weight * (ofValues is null
                ? ofLabels!(outputs, batch.Labels.Slice(image * count, count))
                : ofValues(outputs, batch.Values.Slice(image * count, count)));
            _weight += weight;
        }
    }

    public override void Check(Port output, TargetFormat target)
    {
        if (target.Length == 0 || target.IsLabels == (ofLabels is null))
            throw new ArgumentException($"The metric '{Key}' compares with {(ofLabels is null ? "values" : "labels")}, and '{output.Name}' has {target}.");
    }
}
