namespace Cnn.Data;

/// <summary>What an example has for one output: labels, values, or nothing (the default).</summary>
public readonly record struct TargetFormat
{
    private TargetFormat(int length, bool isLabels, int weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(weights);
        Length = length;
        IsLabels = isLabels;
        WeightCount = weights;
    }

    /// <summary>Nothing: the output is not trained.</summary>
    public static TargetFormat None => default;

    /// <summary>Numbers of one example; 0 for <see cref="None"/>.</summary>
    public int Length { get; }

    /// <summary>Whether these are class labels; otherwise they are values, or there is nothing.</summary>
    public bool IsLabels { get; }

    /// <summary>Weights of one example: none, 1, or one a position.</summary>
    public int WeightCount { get; }

    /// <summary>Class labels.</summary>
    /// <param name="count">Of one example: 1, or one a position where the output has spatial axes. Default 1.</param>
    /// <param name="weights">Weights of one example: 0 for none, 1, or one a position. Default 0.</param>
    public static TargetFormat Labels(int count = 1, int weights = 0) => new(count, isLabels: true, weights);

    /// <summary>Target values.</summary>
    /// <param name="count">Of one example: as many as the output has, or as the loss expects.</param>
    /// <param name="weights">Weights of one example: 0 for none, 1, or one a position. Default 0.</param>
    public static TargetFormat Values(int count, int weights = 0) => new(count, isLabels: false, weights);

    /// <summary>As <c>1 label</c>, <c>64 values</c> or <c>nothing</c>.</summary>
    public override string ToString()
    {
        if (Length == 0)
            return "nothing";
        string weights = WeightCount == 0 ? string.Empty : " with " + CountFormat.Of(WeightCount, "weight");
        return CountFormat.Of(Length, IsLabels ? "label" : "value") + weights;
    }
}
