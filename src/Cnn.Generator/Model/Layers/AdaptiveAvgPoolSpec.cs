using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

public sealed record AdaptiveAvgPoolSpec : LayerSpec
{
    public override string Kind => "AdaptiveAvgPool";

    /// <summary>As written: one number for all axes, or one per axis.</summary>
    public required EquatableArray<int> Size { get; init; }
}

internal sealed class AdaptiveAvgPoolFactory() : SpecFactory("AdaptiveAvgPool")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new AdaptiveAvgPoolSpec { Size = arguments.Integers("Size") };
}
