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

    /// <summary>All advice, layer by layer; about a layer of a block, once for all uses.</summary>
    /// <param name="network">The network.</param>
    /// <param name="spec">What it was read from.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static EquatableArray<Fault> Of(ShapedNetwork network, NetworkSpec spec, CancellationToken cancellation)
    {
        LayerGraph graph = new(network);
        List<Fault> advice = [];
        foreach (Func<LayerGraph, IEnumerable<Fault>> rule in Rules)
        {
            cancellation.ThrowIfCancellationRequested();
            advice.AddRange(rule(graph));
        }

        IEnumerable<Fault> written = advice.Select(fault => Written(fault, network)).Concat(OutputTwiceRule.Find(network));
        IEnumerable<Fault> ordered = written.OrderBy(static fault => fault.Layer).ThenBy(static fault => fault.Id, StringComparer.Ordinal);
        return BlockFaults.Once(ordered, spec).ToEquatableArray();
    }

    /// <summary>Each layer's shape and cost, for those who turned the hint on.</summary>
    public static EquatableArray<Fault> Hints(ShapedNetwork network) =>
        Enumerable.Range(0, network.Layers.Length).Select(index => Written(Hint(network.Layers[index], index), network)).ToEquatableArray();

    /// <summary>From places in the network, where blocks are expanded, to where the layers are written.</summary>
    private static Fault Written(Fault fault, ShapedNetwork network)
    {
        LayerPath layer = network.Layers[fault.Layer].Path;
        LayerPath related = fault.RelatedLayer < 0 ? -1 : network.Layers[fault.RelatedLayer].Path;
        return fault with { Layer = layer.Layer, Within = layer.Within, RelatedLayer = related.Layer, RelatedWithin = related.Within };
    }

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
            layer.ReceptiveField.Length > 0 ? Numbers.Axes(layer.ReceptiveField)
                : layer.OutputShape.Rank == 0 ? "of everything" : "unknown, as axes were moved",
        ],
    };
}
