using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes.Advice;

/// <summary>What is worth saying about a network that is sound. The generator does not need it: only the analyzer asks.</summary>
public static class NetworkAdvice
{
    private static readonly Func<LayerGraph, IEnumerable<Fault>>[] Rules =
    [
        MergeableLayersRule.Find,
        UnusedOutputRule.Find,
        WindowGapRule.Find,
        RedundantBiasRule.Find,
        UnreachedEdgeRule.Find,
        ReceptiveFieldRule.Find,
    ];

    /// <summary>All advice, layer by layer.</summary>
    public static EquatableArray<Fault> Of(ShapedNetwork network, CancellationToken cancellation)
    {
        LayerGraph graph = new(network);
        List<Fault> advice = [];
        foreach (Func<LayerGraph, IEnumerable<Fault>> rule in Rules)
        {
            cancellation.ThrowIfCancellationRequested();
            advice.AddRange(rule(graph));
        }

        return advice.OrderBy(static fault => fault.Layer).ThenBy(static fault => fault.Id, StringComparer.Ordinal).ToEquatableArray();
    }

    /// <summary>Each layer's shape and cost, for those who turned the hint on.</summary>
    public static EquatableArray<Fault> Hints(ShapedNetwork network) =>
        Enumerable.Range(0, network.Layers.Length).Select(index => Hint(network.Layers[index], index)).ToEquatableArray();

    private static Fault Hint(ShapedLayer layer, int index) => new()
    {
        Id = FaultIds.LayerHint,
        Layer = index,
        Arguments =
        [
            layer.Spec.Name,
            layer.OutputShape.ToString(),
            Numbers.Grouped(layer.ParameterCount),
            Numbers.Grouped(layer.MultiplyAdds),
            layer.ReceptiveField.Length == 0 ? "of everything" : Numbers.Axes(layer.ReceptiveField),
        ],
    };
}
