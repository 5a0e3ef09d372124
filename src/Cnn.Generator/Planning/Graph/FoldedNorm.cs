using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>A norm with fixed statistics that is folded into a scale and a shift: a BatchNorm, or constants.</summary>
public sealed record FoldedNorm(string Layer, bool Affine, float Epsilon)
{
    /// <summary>Of constants; empty for a BatchNorm.</summary>
    public EquatableArray<float> Mean { get; init; }

    /// <summary>Of constants; empty for a BatchNorm.</summary>
    public EquatableArray<float> Deviation { get; init; }
}
