using Cnn.Data;

namespace Cnn.Training;

/// <summary>What predicted and true regions have in common, class by class over all examples.</summary>
/// <remarks>Against label maps the classes are the channels; against values each channel is a mask of its own: above the threshold, and above ½.</remarks>
/// <param name="name">What it is called.</param>
public abstract class OverlapMetric(string name) : Metric(name, largerIsBetter: true)
{
    private double[] _both = [];
    private double[] _found = [];
    private double[] _there = [];

    /// <summary>A label whose positions do not count, whatever is found there. Default: null, each counts.</summary>
    public int? IgnoreLabel { get; init; }

    /// <summary>Above which an output of a mask stands for yes. Default 0, for logits; ½ behind a Sigmoid.</summary>
    public float Threshold { get; init; }

    /// <summary>The mean over the classes that are found or there at all, from 0 to 1.</summary>
    public override double Value
    {
        get
        {
            double sum = 0;
            int classes = 0;
            for (int index = 0; index < _both.Length; index++)
            {
                if (_found[index] + _there[index] == 0)
                    continue;
                sum += Of(index);
                classes++;
            }

            return sum / classes;
        }
    }

    /// <summary>One class.</summary>
    /// <param name="index">The class, or the mask.</param>
    /// <returns>From 0 to 1; NaN where it is neither found nor there.</returns>
    public double Of(int index) => Of(_both[index], _found[index], _there[index]);

    /// <inheritdoc/>
    public override void Reset()
    {
        Array.Clear(_both);
        Array.Clear(_found);
        Array.Clear(_there);
    }

    /// <inheritdoc/>
    public override void Add(in MetricBatch batch)
    {
        if (_both.Length != batch.Channels)
            (_both, _found, _there) = (new double[batch.Channels], new double[batch.Channels], new double[batch.Channels]);
        for (int image = 0; image < batch.Count; image++)
        {
            for (int position = 0; position < batch.Positions; position++)
            {
                if (batch.Labels.IsEmpty)
                    AddMasks(batch, image, position);
                else if (batch.LabelAt(image, position, IgnoreLabel) is { } label)
                    AddLabel(batch.WeightAt(image, position), label, batch.ClassAt(image, position));
            }
        }
    }

    /// <inheritdoc/>
    public override void Check(Port output, TargetFormat target)
    {
        if (!target.IsLabels)
            NeedValues(output, target);
    }

    /// <summary>What the class comes to.</summary>
    private protected abstract double Of(double both, double found, double there);

    private void AddLabel(double weight, int label, int found)
    {
        _there[label] += weight;
        if (found == Logits.NoClass)
            return;
        _found[found] += weight;
        _both[label] += found == label ? weight : 0;
    }

    private void AddMasks(in MetricBatch batch, int image, int position)
    {
        double weight = batch.WeightAt(image, position);
        for (int channel = 0; channel < batch.Channels; channel++)
        {
            int index = batch.IndexOf(image, channel, position);
            bool isFound = batch.Outputs[index] > Threshold;
            bool isThere = batch.Values[index] > 0.5f;
            _found[channel] += isFound ? weight : 0;
            _there[channel] += isThere ? weight : 0;
            _both[channel] += isFound && isThere ? weight : 0;
        }
    }
}
