namespace Cnn.Generator.Planning;

/// <summary>A parameter of a predictor that is packed as it is.</summary>
/// <param name="Name">The whole name, as <c>prelu1.weight</c>.</param>
/// <param name="Layout">How it is packed.</param>
/// <param name="Offset">Where it is packed.</param>
public sealed record PackedParameter(string Name, WeightLayout Layout, int Offset);
