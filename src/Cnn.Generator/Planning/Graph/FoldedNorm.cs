using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// What becomes a scale and a shift a channel in a predictor: weight (x - running mean) / sqrt(running variance + epsilon) + bias, of which a layer may have
/// each part or not, or (x - mean) / deviation with constants.
/// </summary>
public sealed record FoldedNorm
{
    public required string Layer { get; init; }

    public bool HasWeight { get; init; }

    public bool HasBias { get; init; }

    /// <summary>Null for a layer without statistics.</summary>
    public float? Epsilon { get; init; }

    /// <summary>Of constants; empty where the numbers are parameters.</summary>
    public EquatableArray<float> Mean { get; init; }

    /// <summary>Of constants; empty where the numbers are parameters.</summary>
    public EquatableArray<float> Deviation { get; init; }
}
