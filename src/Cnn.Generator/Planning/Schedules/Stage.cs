using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Calls between two barriers.</summary>
public sealed record Stage
{
    public required StageKind Kind { get; init; }

    public required EquatableArray<StepCall> Calls { get; init; }

    /// <summary>Whether it runs for input gradients only.</summary>
    public bool Optional { get; init; }
}
