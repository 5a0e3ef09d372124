namespace Cnn.Generator.Planning;

/// <summary>A transposed copy of a weight, for an input gradient.</summary>
public sealed record DerivedWeight
{
    /// <summary>Index into <see cref="NetworkPlan.Parameters"/>.</summary>
    public required int Parameter { get; init; }

    public required WeightLayout Source { get; init; }

    public required WeightLayout Target { get; init; }

    /// <summary>Whether taps become lanes (a linear layer) or stay rows (a convolution).</summary>
    public required bool TapsToLanes { get; init; }

    /// <summary>Channels of the map rounded up, where taps become lanes.</summary>
    public required int Pitch { get; init; }

    public required int Offset { get; init; }

    /// <summary>Whether it is needed for input gradients only.</summary>
    public required bool Optional { get; init; }
}
