using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes.Advice;

/// <summary>Outputs that nobody takes, and names by which nobody takes them.</summary>
/// <remarks>
/// The name of a layer with parameters is of use without readers: its parameters are called after it in weights files. That of an input is the port's.
/// </remarks>
internal static class UnusedOutputRule
{
    public static IEnumerable<Fault> Find(LayerGraph graph)
    {
        for (int i = 0; i < graph.Count; i++)
        {
            LayerSpec spec = graph[i].Spec;
            if (!graph.IsRead(i) && !graph.IsOutput(i))
                yield return Unused(graph, i);
            else if (spec.IsNamed && !graph.IsTakenByName(i) && !graph.IsOutput(i) && graph[i].Parameters.Length == 0 && spec is not InputSpec)
                yield return new Fault { Id = FaultIds.UnusedName, Layer = i, Argument = "Name", Arguments = [spec.Name, spec.Kind] };
        }
    }

    private static Fault Unused(LayerGraph graph, int layer)
    {
        ShapedLayer? next = layer + 1 < graph.Count ? graph[layer + 1] : null;
        string reason = next switch
        {
            null => "nothing comes behind it, and only what [Output] marks goes to the caller",
            { Spec: InputSpec } => $"{next.Spec.Name} behind it starts another chain",
            { Spec.From: { } from } => $"{next.Spec.Name} behind it takes '{from}' instead",
            _ => $"{next.Spec.Name} behind it takes other layers' outputs",
        };
        return new Fault
        {
            Id = FaultIds.UnusedOutput,
            Layer = layer,
            RelatedLayer = next is null ? -1 : layer + 1,
            Arguments = [graph[layer].Spec.Name, reason],
        };
    }
}
