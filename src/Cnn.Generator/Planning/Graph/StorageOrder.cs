using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Stores what moves make as a vector in planar order where that is less work: a list of a detector's answers comes from maps whose channels are last, and goes
/// to the caller with the answers' numbers last, so that it would be transposed twice on the way through a map of its own shape.
/// </summary>
/// <remarks>
/// Possible where nothing but moves, activations and the caller reads it, to whom the order does not matter. The work is estimated by how many floats a move
/// finds side by side.
/// </remarks>
internal sealed class StorageOrder
{
    private readonly NodeGraph _graph;

    private StorageOrder(NodeGraph graph) => _graph = graph;

    public static NodeGraph Choose(NodeGraph graph)
    {
        if (!graph.Nodes.Any(static node => node is RearrangementNode { Output.Rank: > 0 }))
            return graph;
        StorageOrder order = new(graph);
        Node[] nodes = [.. graph.Nodes];
        foreach (Node node in graph.Nodes.Where(static node => node is RearrangementNode { Output.Rank: > 0 }))
        {
            if (order.Alike(node.Value) is { } alike && order.Work(alike, inOrder: true) < order.Work(alike, inOrder: false))
                alike.ForEach(value => Store(nodes, graph.Producer(value)!.Index));
        }

        return graph.With(nodes, [.. Enumerable.Range(0, graph.ValueCount)]);
    }

    private static void Store(Node[] nodes, int index)
    {
        TensorShape vector = new(nodes[index].Output.Length, default);
        nodes[index] = nodes[index] with { Output = vector, Input = nodes[index] is ActivationNode ? vector : nodes[index].Input };
    }

    /// <summary>A value and what activations make of it, all of which lie alike; null where something reads them that wants a map.</summary>
    private List<int>? Alike(int value)
    {
        List<int> alike = [value];
        for (int next = 0; next < alike.Count; next++)
        {
            if (_graph.Outputs.Any(output => output.Value == alike[next] && output.Port.IsChannelsLast)
                || _graph.Readers(alike[next]).Any(static reader => reader is not (RearrangementNode or ActivationNode)))
                return null;
            alike.AddRange(_graph.Readers(alike[next]).OfType<ActivationNode>().Select(static reader => reader.Value));
        }

        return alike;
    }

    /// <summary>What all moves to and from the values cost.</summary>
    private long Work(List<int> alike, bool inOrder)
    {
        TensorShape shape = _graph.Shape(alike[0]);
        TensorLayout vector = TensorLayout.Plain(new TensorShape(shape.Length, default));
        TensorLayout layout = inOrder ? vector : TensorLayout.Plain(shape);
        RearrangementNode producer = (RearrangementNode)_graph.Producer(alike[0])!;
        long work = producer.Movements.Select((movement, input) => Work(movement, Layout(producer.Inputs[input]), layout)).Sum();
        foreach (int value in alike)
        {
            foreach (RearrangementNode reader in _graph.Readers(value).OfType<RearrangementNode>())
            {
                work += reader.Movements.Where((_, input) => reader.Inputs[input] == value)
                    .Sum(movement => Work(movement, layout, TensorLayout.Plain(reader.Output)));
            }

            work += _graph.Outputs.Count(output => output.Value == value) * Work(Movement.InOrder(shape.Length), layout, vector);
        }

        return work;
    }

    private TensorLayout Layout(int value) => TensorLayout.Plain(_graph.Shape(value));

    private static long Work(Movement movement, TensorLayout x, TensorLayout y) => (long)movement.Count * ElementMove.WorkOfElement(movement, x, y);
}
