namespace Cnn.Generator.Model;

public sealed record PoolSpec : LayerSpec
{
    public override string Kind => Pool == PoolKind.Max ? "MaxPool" : "AvgPool";

    public required PoolKind Pool { get; init; }

    public required WindowSpec Window { get; init; }

    public required bool CeilMode { get; init; }

    /// <summary>Of an average: a maximum has no such argument.</summary>
    public bool CountIncludePad { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
    [
        .. ResolvedArgument.Of(layer.Window!),
        ResolvedArgument.Of("ceil", CeilMode),
        .. Pool == PoolKind.Average ? [ResolvedArgument.Of("countIncludePad", CountIncludePad)] : (ResolvedArgument[])[],
    ];
}

internal sealed class PoolFactory() : SpecFactory("MaxPool", "AvgPool")
{
    public override LayerSpec Create(string kind, LayerArguments arguments)
    {
        PoolKind pool = kind == "MaxPool" ? PoolKind.Max : PoolKind.Average;
        return new PoolSpec
        {
            Pool = pool,
            Window = WindowSpec.Of(arguments),
            CeilMode = arguments.Flag("CeilMode"),
            CountIncludePad = pool == PoolKind.Max || arguments.Flag("CountIncludePad"),
        };
    }
}
