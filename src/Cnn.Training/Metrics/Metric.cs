using Cnn.Data;

namespace Cnn.Training;

/// <summary>A number that says how well a network does, over all examples of an evaluation.</summary>
/// <remarks>
/// One's own derives from this class: <see cref="Reset"/> forgets, <see cref="Add"/> takes a batch, <see cref="Value"/> is asked for at the end. A mean over
/// the examples needs no class: <see cref="OfValues"/>, <see cref="OfLabels"/>. A metric has a state: one training or evaluation at a time.
/// </remarks>
/// <param name="name">What results, progress and early stopping call it, such as <c>mean absolute error</c>.</param>
/// <param name="largerIsBetter">Whether a larger value is a better one.</param>
public abstract class Metric(string name, bool largerIsBetter)
{
    /// <summary>Without the output.</summary>
    public string Name { get; } = NotBlank(name);

    /// <summary>Whether a larger value is a better one; otherwise a smaller one is.</summary>
    public bool LargerIsBetter { get; } = largerIsBetter;

    /// <summary>The name of the output that is looked at. Default: null, the only one.</summary>
    public string? Output { get; init; }

    /// <summary>The name under which results have it: that of the output, if it was given, and that of the metric, such as <c>digit accuracy</c>.</summary>
    public string Key => Output is null ? Name : $"{Output} {Name}";

    /// <summary>Over everything that was added since <see cref="Reset"/>; NaN where nothing was.</summary>
    public abstract double Value { get; }

    /// <summary>A mean over the examples of a network's output and its target values.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="largerIsBetter">Whether a larger value is a better one.</param>
    /// <param name="ofExample">The number of one example.</param>
    /// <param name="output">The output that is looked at. Default: the only one.</param>
    public static Metric OfValues(string name, bool largerIsBetter, ValueScore ofExample, string? output = null)
    {
        ArgumentNullException.ThrowIfNull(ofExample);
        return new ExampleMean(name, largerIsBetter, ofExample, null) { Output = output };
    }

    /// <summary>A mean over the examples of a network's output and its labels.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="largerIsBetter">Whether a larger value is a better one.</param>
    /// <param name="ofExample">The number of one example.</param>
    /// <param name="output">The output that is looked at. Default: the only one.</param>
    public static Metric OfLabels(string name, bool largerIsBetter, LabelScore ofExample, string? output = null)
    {
        ArgumentNullException.ThrowIfNull(ofExample);
        return new ExampleMean(name, largerIsBetter, null, ofExample) { Output = output };
    }

    /// <summary>Forgets what was added: an evaluation begins.</summary>
    public abstract void Reset();

    /// <summary>Looks at a batch.</summary>
    /// <param name="batch">The network's output and what it should be.</param>
    public abstract void Add(in MetricBatch batch);

    /// <summary>Refuses an output that it cannot be taken of, before anything is trained. Default: takes every output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="target">What there is for it.</param>
    /// <exception cref="ArgumentException">What is needed instead.</exception>
    public virtual void Check(Port output, TargetFormat target)
    {
    }

    /// <summary>The key, and which direction is the better one.</summary>
    public override string ToString() => $"{Key}, {(LargerIsBetter ? "larger" : "smaller")} is better";

    private protected void NeedLabels(Port output, TargetFormat target)
    {
        if (!target.IsLabels)
            throw new ArgumentException($"The metric '{Key}' compares with labels, and '{output.Name}' has {target}.");
    }

    private protected void NeedValues(Port output, TargetFormat target)
    {
        if (target.IsLabels || target.Length != output.Length)
        {
            throw new ArgumentException($"The metric '{Key}' compares with as many values as the output '{output.Name}' has, {output.Length}, and its "
                + $"target has {target}.");
        }
    }

    private static string NotBlank(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name;
    }
}
