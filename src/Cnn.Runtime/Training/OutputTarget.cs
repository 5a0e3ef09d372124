namespace Cnn;

/// <summary>What one output of a batch should be, as an element of a <see cref="TargetSet"/>: class labels, target values, or nothing (the default).</summary>
public readonly struct OutputTarget
{
    /// <summary>Class labels.</summary>
    /// <param name="labels">One an image, or one a position where the output has spatial axes.</param>
    public OutputTarget(ReadOnlyMemory<int> labels)
    {
        IsGiven = true;
        IsLabels = true;
        Labels = labels;
    }

    /// <summary>Target values.</summary>
    /// <param name="values">As many as the output has, lying as it does.</param>
    public OutputTarget(ReadOnlyMemory<float> values)
    {
        IsGiven = true;
        Values = values;
    }

    /// <summary>Leaves the output out: no loss, and no gradient.</summary>
    public static OutputTarget None => default;

    /// <summary>False for <see cref="None"/>.</summary>
    public bool IsGiven { get; }

    /// <summary>Whether these are labels; otherwise they are values, or there is nothing.</summary>
    public bool IsLabels { get; }

    /// <summary>The labels; empty where there are none.</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>The values; empty where there are none.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>
    /// How much each counts: one weight an image or one a position, not negative. Default: none, the same weight for all. The loss is the mean over the
    /// weights, so that an
    /// image of weight 0 might as well not be there, and one of weight 2 counts as two.
    /// </summary>
    public ReadOnlyMemory<float> Weights { get; init; }

    /// <summary>The same as an argument.</summary>
    internal Target Target => !IsGiven ? default : IsLabels ? new Target(Labels.Span, Weights.Span) : new Target(Values.Span, Weights.Span);

    /// <summary>Class labels.</summary>
    /// <param name="labels">One an image, or one a position.</param>
    public static implicit operator OutputTarget(int[] labels) => new(NotNull(labels).AsMemory());

    /// <summary>Target values.</summary>
    /// <param name="values">As many as the output has.</param>
    public static implicit operator OutputTarget(float[] values) => new(NotNull(values).AsMemory());

    /// <summary>Class labels.</summary>
    /// <param name="labels">One an image, or one a position.</param>
    public static implicit operator OutputTarget(ReadOnlyMemory<int> labels) => new(labels);

    /// <summary>Target values.</summary>
    /// <param name="values">As many as the output has.</param>
    public static implicit operator OutputTarget(ReadOnlyMemory<float> values) => new(values);

    /// <summary>Class labels.</summary>
    /// <param name="labels">One an image, or one a position.</param>
    public static implicit operator OutputTarget(Memory<int> labels) => new((ReadOnlyMemory<int>)labels);

    /// <summary>Target values.</summary>
    /// <param name="values">As many as the output has.</param>
    public static implicit operator OutputTarget(Memory<float> values) => new((ReadOnlyMemory<float>)values);

    private static T[] NotNull<T>(T[]? array) =>
        array ?? throw new ArgumentNullException(nameof(array), "A target is null: pass OutputTarget.None to leave an output out.");
}
