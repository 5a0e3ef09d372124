namespace Cnn.Generator.Planning;

/// <summary>A tensor that holds what a node makes, or a gradient of it.</summary>
/// <param name="Tensor">Which tensor of the schedule.</param>
/// <param name="Layout">How it lies there.</param>
public sealed record Value(int Tensor, TensorLayout Layout)
{
    /// <summary>The channel from which on it is meant.</summary>
    public int Channel { get; init; }

    /// <summary>Groups of which the first channels lie side by side, then the second ones, and so on; 1 where channels lie in their order.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Its first position.</summary>
    public Address Interior => Address.Of(Tensor, Layout.Interior + Channel);

    /// <summary>Its first float, border included.</summary>
    public Address Start => Address.Of(Tensor);
}

/// <summary>The gradient of a value.</summary>
/// <param name="Value">Where it lies.</param>
/// <param name="IsShared">Whether others read the same tensor, so that it may not be overwritten.</param>
/// <param name="IsUndone">Whether the activation at the value's end is undone already: it is the gradient of what went into that.</param>
public sealed record Gradient(Value Value, bool IsShared, bool IsUndone = false)
{
    public TensorLayout Layout => Value.Layout;

    public Address Interior => Value.Interior;

    public Address Start => Value.Start;
}
