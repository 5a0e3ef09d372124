namespace Cnn.Generator.Planning;

/// <summary>Gives the caller of a predictor what a Reshape or Flatten at the end reads: the numbers are the same, in the same planar order.</summary>
internal static class OutputViews
{
    /// <summary>The graph without nodes that only name an output's axes anew.</summary>
    public static NodeGraph Remove(NodeGraph graph)
    {
        Node?[] nodes = [.. graph.Nodes];
        int[] values = [.. Enumerable.Range(0, graph.ValueCount)];
        foreach (Node node in graph.Nodes.Where(node => IsView(graph, node)))
        {
            nodes[node.Index] = null;
            values[node.Value] = node.Inputs[0];
        }

        return nodes.Contains(null) ? graph.With(nodes, values) : graph;
    }

    private static bool IsView(NodeGraph graph, Node node)
    {
        bool isInOrder = node is FlattenNode
            || (node is RearrangementNode { Movements: [var movement] } && movement.IsInOrder && movement.Count == graph.Shape(node.Inputs[0]).Length);
        return isInOrder && graph.IsOutput(node.Value) && graph.Readers(node.Value).Count == 0
            && !graph.Outputs.Any(output => output.Value == node.Value && output.Port.IsChannelsLast);
    }
}
