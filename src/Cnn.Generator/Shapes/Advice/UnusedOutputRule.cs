using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes.Advice;

/// <summary>Outputs that nobody takes, and names by which nobody takes them.</summary>
/// <remarks>The name of a layer with parameters is of use without readers: its parameters are called after it in weights files.</remarks>
internal static class UnusedOutputRule
{
    public static IEnumerable<Fault> Find(LayerGraph graph)
    {
        for (int i = 0; i < graph.Count; i++)
        {
            LayerSpec spec = graph[i].Spec;
            if (!graph.IsRead(i) && !graph.IsOutput(i))
                yield return Unused(graph, i);
            else if (spec.IsNamed && !graph.IsTakenByName(i) && graph[i].Parameters.Length == 0)
                yield return new Fault { Id = FaultIds.UnusedName, Layer = i, Argument = "Name", Arguments = [spec.Name, spec.Kind] };
        }
    }

    private static Fault Unused(LayerGraph graph, int layer)
    {
        ShapedLayer next = graph[layer + 1];
        string reason = next.Spec.From is { } from
            ? $"{next.Spec.Name} behind it takes '{from}' instead"
            : $"{next.Spec.Name} behind it takes other layers' outputs";
        return new Fault
        {
            Id = FaultIds.UnusedOutput,
            Layer = layer,
            RelatedLayer = layer + 1,
            Arguments = [graph[layer].Spec.Name, reason],
        };
    }
}
