namespace Cnn.Generator.Model;

public sealed record BatchNormSpec : LayerSpec
{
    public override string Kind => "BatchNorm";

    public required float Epsilon { get; init; }

    public required float Momentum { get; init; }

    public required bool Affine { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
        [ResolvedArgument.Of("epsilon", Epsilon), ResolvedArgument.Of("momentum", Momentum)];
}

internal sealed class BatchNormFactory() : SpecFactory("BatchNorm")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new BatchNormSpec
    {
        Epsilon = arguments.Real("Epsilon"),
        Momentum = arguments.Real("Momentum"),
        Affine = arguments.Flag("Affine"),
    };
}
