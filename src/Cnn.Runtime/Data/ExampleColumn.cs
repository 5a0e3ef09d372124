using System.Globalization;

namespace Cnn.Data;

/// <summary>One input or one target of all <see cref="Examples"/>: an array with example after example, or a function that computes them.</summary>
public sealed class ExampleColumn
{
    private readonly float[]? _values;
    private readonly byte[]? _bytes;
    private readonly int[]? _labels;
    private readonly Action<int, Span<float>>? _compute;
    private readonly int _length;

    /// <summary>Numbers, used as they are.</summary>
    /// <param name="values">Example after example. Not copied.</param>
    public ExampleColumn(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = values;
    }

    /// <summary>Class labels.</summary>
    /// <param name="labels">Example after example. Not copied.</param>
    public ExampleColumn(int[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        _labels = labels;
    }

    /// <summary>Bytes: as an input pixels, which are scaled to [0, 1]; as a target class labels.</summary>
    /// <param name="bytes">Example after example. Not copied.</param>
    public ExampleColumn(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        _bytes = bytes;
    }

    /// <summary>Numbers that are computed or read when they are needed.</summary>
    /// <param name="length">Floats of one example.</param>
    /// <param name="compute">Writes those of the example of this number; called by several threads at once, and always with the same result.</param>
    public ExampleColumn(int length, Action<int, Span<float>> compute)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentNullException.ThrowIfNull(compute);
        _length = length;
        _compute = compute;
    }

    private ExampleColumn()
    {
    }

    /// <summary>As a target: nothing, the output is not trained.</summary>
    public static ExampleColumn None { get; } = new();

    /// <summary>
    /// As a target: how much each example counts, one weight each, or one a position; not negative. Default: null, all the same. One of weight 0 counts
    /// neither in the loss nor in a metric.
    /// </summary>
    public float[]? Weights { get; init; }

    internal bool IsNone => _values is null && _bytes is null && _labels is null && _compute is null;

    internal bool IsInput => _labels is null && !IsNone;

    /// <summary>Numbers.</summary>
    /// <param name="values">Example after example.</param>
    public static implicit operator ExampleColumn(float[] values) => new(values);

    /// <summary>Class labels.</summary>
    /// <param name="labels">Example after example.</param>
    public static implicit operator ExampleColumn(int[] labels) => new(labels);

    /// <summary>Pixels, or class labels.</summary>
    /// <param name="bytes">Example after example.</param>
    public static implicit operator ExampleColumn(byte[] bytes) => new(bytes);

    /// <summary>Numbers of one example, or an exception that says what does not divide.</summary>
    internal int LengthOf(int count, string what)
    {
        if (_compute is not null)
            return _length;
        return Divided(_values?.Length ?? _bytes?.Length ?? _labels!.Length, count, what, "number");
    }

    internal TargetFormat Format(int count, string what)
    {
        if (IsNone)
            return TargetFormat.None;
        int weights = Weights is null ? 0 : Divided(Weights.Length, count, what, "weight");
        int length = LengthOf(count, what);
        return _labels is not null || _bytes is not null ? TargetFormat.Labels(length, weights) : TargetFormat.Values(length, weights);
    }

    /// <summary>Refuses what no loss can be made of.</summary>
    internal void CheckFinite(int length, string what)
    {
        int wrong = _values is null ? -1 : Array.FindIndex(_values, static value => !float.IsFinite(value));
        if (wrong >= 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Element {wrong % length} of example {wrong / length} of {what} is {_values![wrong]}: finite numbers are needed. Clean the data, or leave "
                + $"the example out."));
        }
    }

    internal void Copy(int example, Span<float> destination)
    {
        int start = example * destination.Length;
        if (_values is not null)
            _values.AsSpan(start, destination.Length).CopyTo(destination);
        else if (_bytes is not null)
            PixelScaling.ToUnitRange(_bytes.AsSpan(start, destination.Length), destination);
        else
            _compute!(example, destination);
    }

    internal void Copy(int example, Span<int> destination)
    {
        int start = example * destination.Length;
        if (_labels is not null)
        {
            _labels.AsSpan(start, destination.Length).CopyTo(destination);
            return;
        }

        ReadOnlySpan<byte> bytes = _bytes.AsSpan(start, destination.Length);
        for (int index = 0; index < bytes.Length; index++)
            destination[index] = bytes[index];
    }

    internal void CopyWeights(int example, Span<float> destination) =>
        Weights.AsSpan(example * destination.Length, destination.Length).CopyTo(destination);

    private static int Divided(int numbers, int count, string what, string noun)
    {
        if (numbers > 0 && numbers % count == 0)
            return numbers / count;
        throw new ArgumentException($"{what} has {CountFormat.Of(numbers, noun)} for {CountFormat.Of(count, "example")}: give as many for each.");
    }
}
