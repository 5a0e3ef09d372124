namespace Cnn.Generator.Model;

public sealed record ChannelShuffleSpec : LayerSpec
{
    public override string Kind => "ChannelShuffle";

    public required int Groups { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => [ResolvedArgument.Of("groups", Groups)];
}

internal sealed class ChannelShuffleFactory() : SpecFactory("ChannelShuffle")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new ChannelShuffleSpec { Groups = arguments.Integer("Groups") };
}
