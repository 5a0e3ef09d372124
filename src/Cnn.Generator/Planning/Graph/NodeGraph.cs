using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>The nodes of a network in the order in which they run, and who reads what.</summary>
/// <remarks>Values are numbered: first the network's inputs, then what each node makes.</remarks>
public sealed class NodeGraph
{
    private readonly List<Node>[] _readers;
    private readonly bool[] _isOutput;

    internal NodeGraph(IReadOnlyList<Node> nodes, IReadOnlyList<GraphPort> inputs, IReadOnlyList<GraphPort> outputs)
    {
        Nodes = nodes;
        Inputs = inputs;
        Outputs = outputs;
        _readers = [.. Enumerable.Range(0, ValueCount).Select(static _ => new List<Node>())];
        _isOutput = new bool[ValueCount];
        foreach (GraphPort output in outputs)
            _isOutput[output.Value] = true;
        foreach (Node node in nodes)
        {
            foreach (int value in node.Inputs.Distinct())
                _readers[value].Add(node);
        }
    }

    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The network's inputs, whose values are their places.</summary>
    public IReadOnlyList<GraphPort> Inputs { get; }

    /// <summary>What the user gets.</summary>
    public IReadOnlyList<GraphPort> Outputs { get; }

    public int ValueCount => Inputs.Count + Nodes.Count;

    public IReadOnlyList<Node> Readers(int value) => _readers[value];

    /// <summary>Whether a value is one of the network's inputs.</summary>
    public bool IsInput(int value) => value < Inputs.Count;

    /// <summary>Whether the user gets a value.</summary>
    public bool IsOutput(int value) => _isOutput[value];

    /// <summary>The node that makes a value; null for an input of the network.</summary>
    public Node? Producer(int value) => IsInput(value) ? null : Nodes[value - Inputs.Count];

    public TensorShape Shape(int value) => Producer(value)?.Output ?? Inputs[value].Port.Shape;

    /// <summary>Whether nobody but one node reads a value, once.</summary>
    public bool HasOneReader(int value) => !IsOutput(value) && _readers[value].Count == 1 && _readers[value][0].Inputs.Count(input => input == value) == 1;

    /// <summary>The graph of the nodes that are left, numbered anew.</summary>
    /// <param name="nodes">Those of this graph, or others in their places; null for none.</param>
    /// <param name="values">For each value which one stands for it.</param>
    internal NodeGraph With(IReadOnlyList<Node?> nodes, IReadOnlyList<int> values)
    {
        List<Node> left = [];
        int[] renumbered = [.. Enumerable.Range(0, values.Count)];
        foreach (Node? node in nodes)
        {
            if (node is null)
                continue;
            renumbered[node.Value] = Inputs.Count + left.Count;
            left.Add(node with
            {
                Index = left.Count,
                Value = Inputs.Count + left.Count,
                Inputs = node.Inputs.Select(input => renumbered[values[input]]).ToEquatableArray(),
            });
        }

        return new NodeGraph(left, Inputs, [.. Outputs.Select(output => output with { Value = renumbered[values[output.Value]] })]);
    }

    /// <summary>Builds the graph.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">Whether it is a trainer's: that keeps dropout and BatchNorm's statistics, and what backward needs.</param>
    /// <param name="tiles">Whether a trainer may compute convolutions by Winograd's tiles.</param>
    public static NodeGraph Build(ShapedNetwork network, bool training, bool tiles = true)
    {
        NodeGraph fused = MovementFusion.Fuse(NodeFusion.Fuse(new NodeBuilder(network, training).Build(), training));
        NodeGraph graph = StorageOrder.Choose(training ? fused : OutputViews.Remove(fused));
        if (!training)
            return RowFusion.Fuse(ConvolutionAlgorithms.ForPrediction(graph));
        return tiles ? ConvolutionAlgorithms.ForTraining(graph) : graph;
    }
}
