using Cnn.Data;

namespace Cnn.Training;

/// <summary>The part whose class was found, from 0 to 1: of the images, or of the positions where the output has spatial axes.</summary>
/// <remarks>
/// Against labels, and against values: of one channel, where an output above <see cref="Threshold"/> means a value above ½; of several, where the largest
/// output is to stand where the largest value stands. An output that is NaN finds nothing.
/// </remarks>
public sealed class Accuracy() : Metric("accuracy", largerIsBetter: true)
{
    private double _right;
    private double _weight;

    /// <summary>A label that does not count. Default: null, each counts.</summary>
    public int? IgnoreLabel { get; init; }

    /// <summary>Above which an output of a single channel stands for yes. Default 0, for logits; ½ behind a Sigmoid.</summary>
    public float Threshold { get; init; }

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
                double weight = batch.WeightAt(image, position);
                if (!batch.Labels.IsEmpty && batch.LabelAt(image, position, IgnoreLabel) is null)
                    continue;
                _weight += weight;
                _right += IsRight(batch, image, position) ? weight : 0;
            }
        }
    }

    /// <inheritdoc/>
    public override void Check(Port output, TargetFormat target)
    {
        if (!target.IsLabels)
            NeedValues(output, target);
    }

    private bool IsRight(in MetricBatch batch, int image, int position)
    {
        if (!batch.Labels.IsEmpty)
            return batch.ClassAt(image, position) == batch.Labels[(image * batch.Positions) + position];
        if (batch.Channels > 1)
            return batch.ClassAt(image, position) is int found && found != Logits.NoClass && found == batch.TargetClassAt(image, position);
        int index = batch.IndexOf(image, 0, position);
        return !float.IsNaN(batch.Outputs[index]) && batch.Outputs[index] > Threshold == batch.Values[index] > 0.5f;
    }
}
