using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A parameter and where a trainer packs it.</summary>
public sealed record PlannedParameter
{
    public required ParameterShape Shape { get; init; }

    /// <summary>Vectors are weights with one tap and one input.</summary>
    public required WeightLayout Layout { get; init; }

    /// <summary>Floats from the start of the trainable parameters, or of the others.</summary>
    public required int Offset { get; init; }
}
