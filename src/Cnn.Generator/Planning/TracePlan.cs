using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>A prediction whose outputs are the activations of all layers, one after the other.</summary>
public sealed record TracePlan
{
    /// <summary>An array has no more: <c>Array.MaxLength</c>.</summary>
    public const int MostFloats = 0x7FFFFFC7;

    public required PredictorPlan Pass { get; init; }

    /// <summary>Of all activations.</summary>
    public required int Floats { get; init; }

    /// <summary>Where each layer's activation starts, the input's first; layers that move nothing have that of their input.</summary>
    public required EquatableArray<int> Offsets { get; init; }
}
