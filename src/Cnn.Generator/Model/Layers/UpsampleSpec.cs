namespace Cnn.Generator.Model;

public sealed record UpsampleSpec : LayerSpec
{
    public override string Kind => "Upsample";

    public required int Scale { get; init; }

    public UpsampleMode Mode { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => [ResolvedArgument.Of("scale", Scale), new("mode", Mode.ToString())];
}

/// <summary>How an enlarged map gets its elements, as the runtime's enumeration.</summary>
public enum UpsampleMode
{
    Nearest,
    Bilinear,
}

internal sealed class UpsampleFactory() : SpecFactory("Upsample")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) =>
        new UpsampleSpec { Scale = arguments.Integer("Scale"), Mode = (UpsampleMode)arguments.Member("Mode") };
}
