namespace Cnn.Generator.Benchmarks;

/// <summary>Lengths of chains: ten times as many layers should take ten times as long.</summary>
internal static class LayerCounts
{
    public static IReadOnlyList<int> All { get; } = [10, 100, 1000];
}
