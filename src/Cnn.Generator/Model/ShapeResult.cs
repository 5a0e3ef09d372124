using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>What Shapes found: a network in which every tensor has a shape, or why there is none.</summary>
public sealed record ShapeResult
{
    /// <summary>The declaration, with its faults' indices.</summary>
    public required NetworkSpec Spec { get; init; }

    /// <summary>Null exactly when <see cref="Faults"/> has an error.</summary>
    public ShapedNetwork? Network { get; init; }

    /// <summary>Of the declaration and of the shapes, the class's own first and then layer by layer.</summary>
    public EquatableArray<Fault> Faults { get; init; }

    /// <summary>The weights inside the assembly; null where the project has none for this network.</summary>
    public EmbeddedWeights? Embedded { get; init; }
}
