namespace Cnn.Generator.Model;

public sealed record ConvSpec : LayerSpec
{
    public override string Kind => "Conv";

    public required int OutChannels { get; init; }

    public required WindowSpec Window { get; init; }

    public required int Groups { get; init; }

    public required bool Bias { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => [.. ResolvedArgument.Of(layer.Window!), ResolvedArgument.Of("groups", Groups)];
}

internal sealed class ConvFactory() : SpecFactory("Conv")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new ConvSpec
    {
        OutChannels = arguments.Integer("OutChannels"),
        Window = WindowSpec.Of(arguments),
        Groups = arguments.Integer("Groups"),
        Bias = arguments.Flag("Bias"),
    };
}
