namespace Cnn.Generator.Model;

public sealed record LocalResponseNormSpec : LayerSpec
{
    public override string Kind => "LocalResponseNorm";

    public required int Size { get; init; }

    public required float Alpha { get; init; }

    public required float Beta { get; init; }

    public required float K { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
        [ResolvedArgument.Of("size", Size), ResolvedArgument.Of("alpha", Alpha), ResolvedArgument.Of("beta", Beta), ResolvedArgument.Of("k", K)];
}

internal sealed class LocalResponseNormFactory() : SpecFactory("LocalResponseNorm")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new LocalResponseNormSpec
    {
        Size = arguments.Integer("Size"),
        Alpha = arguments.Real("Alpha"),
        Beta = arguments.Real("Beta"),
        K = arguments.Real("K"),
    };
}
