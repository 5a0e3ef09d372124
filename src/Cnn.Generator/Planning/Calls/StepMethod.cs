namespace Cnn.Generator.Planning;

/// <summary>One generated method of a layer.</summary>
public sealed record StepMethod
{
    public required string Name { get; init; }

    /// <summary>The formula with shapes, for the reader.</summary>
    public required string Formula { get; init; }

    public required StepBody Body { get; init; }
}
