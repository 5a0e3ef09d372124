namespace Cnn;

/// <summary>What one output of a batch should be: class labels, target values, or nothing; converts from arrays and spans of both.</summary>
/// <remarks>Refers to the caller's numbers, and lives as long as the call that takes it. What can be kept is an <see cref="OutputTarget"/>.</remarks>
public readonly ref struct Target
{
    /// <summary>Class labels.</summary>
    /// <param name="labels">One an image, or one a position where the output has spatial axes.</param>
    /// <param name="weights">How much each counts: one weight an image or one a position, not negative; none, the default, for the same weight for all.</param>
    public Target(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights = default)
    {
        IsGiven = true;
        IsLabels = true;
        Labels = labels;
        Weights = weights;
    }

    /// <summary>Target values.</summary>
    /// <param name="values">As many as the output has, lying as it does.</param>
    /// <param name="weights">How much each counts: one weight an image or one a position, not negative; none, the default, for the same weight for all.</param>
    public Target(ReadOnlySpan<float> values, ReadOnlySpan<float> weights = default)
    {
        IsGiven = true;
        Values = values;
        Weights = weights;
    }

    /// <summary>Leaves the output out of this batch: no loss, and no gradient.</summary>
    public static Target None => default;

    /// <summary>False for <see cref="None"/>.</summary>
    internal bool IsGiven { get; }

    internal bool IsLabels { get; }

    internal ReadOnlySpan<int> Labels { get; }

    internal ReadOnlySpan<float> Values { get; }

    internal ReadOnlySpan<float> Weights { get; }

    /// <summary>Class labels.</summary>
    /// <param name="labels">One an image, or one a position.</param>
    public static implicit operator Target(int[] labels) => new(NotNull(labels).AsSpan());

    /// <summary>Target values.</summary>
    /// <param name="values">As many as the output has.</param>
    public static implicit operator Target(float[] values) => new(NotNull(values).AsSpan());

    /// <summary>Class labels.</summary>
    /// <param name="labels">One an image, or one a position.</param>
    public static implicit operator Target(ReadOnlySpan<int> labels) => new(labels);

    /// <summary>Target values.</summary>
    /// <param name="values">As many as the output has.</param>
    public static implicit operator Target(ReadOnlySpan<float> values) => new(values);

    /// <summary>Class labels.</summary>
    /// <param name="labels">One an image, or one a position.</param>
    public static implicit operator Target(Span<int> labels) => new((ReadOnlySpan<int>)labels);

    /// <summary>Target values.</summary>
    /// <param name="values">As many as the output has.</param>
    public static implicit operator Target(Span<float> values) => new((ReadOnlySpan<float>)values);

    private static T[] NotNull<T>(T[]? array) =>
        array ?? throw new ArgumentNullException(nameof(array), "A target is null: pass Target.None to leave an output out.");
}
