namespace Cnn.Generator.Model;

public sealed record GlobalPoolSpec : LayerSpec
{
    public override string Kind => Pool == PoolKind.Max ? "GlobalMaxPool" : "GlobalAvgPool";

    public required PoolKind Pool { get; init; }
}

internal sealed class GlobalPoolFactory() : SpecFactory("GlobalMaxPool", "GlobalAvgPool")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) =>
        new GlobalPoolSpec { Pool = kind == "GlobalMaxPool" ? PoolKind.Max : PoolKind.Average };
}
