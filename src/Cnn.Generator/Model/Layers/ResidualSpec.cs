namespace Cnn.Generator.Model;

/// <summary>[Residual]: the block's input is added. Shapes replaces it by a sum, and by a projection where the shapes differ.</summary>
public sealed record ResidualSpec : LayerSpec
{
    public override string Kind => "Residual";

    public ShortcutKind Shortcut { get; init; }
}

/// <summary>What becomes of a block's input whose shape differs. In the order of the runtime's Shortcut.</summary>
public enum ShortcutKind
{
    Projection,
    Identity,
    WhereShapesFit,
}

internal sealed class ResidualFactory() : SpecFactory("Residual")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new ResidualSpec { Shortcut = (ShortcutKind)arguments.Member("Shortcut") };
}
