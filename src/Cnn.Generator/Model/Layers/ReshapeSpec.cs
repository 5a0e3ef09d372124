using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

public sealed record ReshapeSpec : LayerSpec
{
    /// <summary>A length that follows from the others.</summary>
    public const int Inferred = -1;

    public override string Kind => "Reshape";

    /// <summary>As written.</summary>
    public required EquatableArray<int> Shape { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => [ResolvedArgument.Of("shape", layer.OutputShape.Lengths)];
}

internal sealed class ReshapeFactory() : SpecFactory("Reshape")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new ReshapeSpec { Shape = arguments.Integers("Shape") };
}
