namespace Cnn.Generator.Model;

public sealed record ConvSpec : LayerSpec
{
    public override string Kind => "Conv";

    public required int OutChannels { get; init; }

    public required WindowSpec Window { get; init; }

    public int Groups { get; init; } = 1;

    public bool Bias { get; init; } = true;

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => [.. ResolvedArgument.Of(layer.Window!), ResolvedArgument.Of("groups", Groups)];
}

internal sealed class ConvFactory() : SpecFactory("Conv")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new ConvSpec
    {
        OutChannels = arguments.Integer("outChannels", 0),
        Window = WindowSpec.Of(arguments),
        Groups = arguments.Integer("Groups", 1),
        Bias = arguments.Flag("Bias", true),
    };
}
