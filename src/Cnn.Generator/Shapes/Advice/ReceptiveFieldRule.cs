using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes.Advice;

/// <summary>The last map before a network's answer sees only a part of the input.</summary>
/// <remarks>A network one of whose outputs is a map itself answers for each place by what is around it, and is meant to.</remarks>
internal static class ReceptiveFieldRule
{
    public static IEnumerable<Fault> Find(LayerGraph graph)
    {
        if (graph.Network.Inputs.Length > 1 || graph.Network.Outputs.Any(static output => output.Shape.Positions > 1))
            yield break;
        int last = LastMap(graph, graph.Network.Outputs[^1].Layer);
        ShapedLayer map = graph[last];
        TensorShape input = graph[0].OutputShape;
        if (last == 0 || map.ReceptiveField.Length != input.Rank
            || !Enumerable.Range(0, input.Rank).Any(axis => map.ReceptiveField[axis] < input.Axes[axis]))
            yield break;
        yield return new Fault
        {
            Id = FaultIds.SmallReceptiveField,
            Layer = last,
            RelatedLayer = 0,
            Arguments = [map.OutputShape.ToString(), map.Spec.Name, Numbers.Axes(map.ReceptiveField), Numbers.Axes(input.Axes)],
        };
    }

    /// <summary>From the output back, over the first input of each layer, to a layer with more than one position; 0 where there is none.</summary>
    private static int LastMap(LayerGraph graph, int layer)
    {
        while (layer > 0 && graph[layer].OutputShape.Positions == 1)
        {
            // A window over the rest of a map sees what the map does not.
            if (graph[layer].Window is not null && graph[layer].InputShape.Positions > 1)
                return layer;
            layer = graph[layer].Inputs[0];
        }

        return layer;
    }
}
