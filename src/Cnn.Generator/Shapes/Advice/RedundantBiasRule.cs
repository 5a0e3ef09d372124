using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes.Advice;

/// <summary>A normalisation that subtracts the mean of each channel takes a constant added to the channel away again.</summary>
/// <remarks>A frozen BatchNorm subtracts its running mean instead, which a bias that is trained would shift.</remarks>
internal static class RedundantBiasRule
{
    public static IEnumerable<Fault> Find(LayerGraph graph)
    {
        for (int i = 0; i < graph.Count; i++)
        {
            if (BiasCount(graph[i]) is var count and > 0 && graph.OnlyReader(i) is var norm and >= 0 && SubtractsMean(graph[norm].Spec))
                yield return Describe(graph, i, norm, count);
        }
    }

    private static bool SubtractsMean(LayerSpec layer) => layer is BatchNormSpec { Frozen: false } or InstanceNormSpec;

    /// <summary>How many trained biases a layer has that can be turned off.</summary>
    private static int BiasCount(ShapedLayer layer)
    {
        string name = layer.Spec.Name + ".bias";
        bool canGo = layer.Spec is ConvSpec or ConvTransposeSpec or LinearSpec && !layer.Spec.Frozen;
        return canGo ? layer.Parameters.Where(parameter => parameter.Name == name).Sum(static parameter => parameter.Shape[0]) : 0;
    }

    private static Fault Describe(LayerGraph graph, int layer, int norm, int count) => new()
    {
        Id = FaultIds.RedundantBias,
        Layer = layer,
        Argument = "Bias",
        RelatedLayer = norm,
        Arguments = [graph[layer].Spec.Name, count == 1 ? "1 number" : Numbers.Grouped(count) + " numbers", graph[norm].Spec.Name],
        Repairs = [new Repair(RepairKind.SetProperty, "Bias", "false")],
    };
}
