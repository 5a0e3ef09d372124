namespace Cnn.Generator.Model;

public sealed record BatchNormSpec : LayerSpec
{
    public override string Kind => "BatchNorm";

    public float Epsilon { get; init; } = 1e-5f;

    public float Momentum { get; init; } = 0.1f;

    public bool Affine { get; init; } = true;

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
        [ResolvedArgument.Of("epsilon", Epsilon), ResolvedArgument.Of("momentum", Momentum)];
}

internal sealed class BatchNormFactory() : SpecFactory("BatchNorm")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new BatchNormSpec
    {
        Epsilon = arguments.Real("Epsilon", 1e-5),
        Momentum = arguments.Real("Momentum", 0.1),
        Affine = arguments.Flag("Affine", true),
    };
}
