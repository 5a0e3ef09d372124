using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>The nodes of a network in the order in which they run, and who reads what.</summary>
public sealed class NodeGraph
{
    private readonly List<Node>[] _readers;

    internal NodeGraph(IReadOnlyList<Node> nodes, TensorShape input, int outputValue)
    {
        Nodes = nodes;
        Input = input;
        OutputValue = outputValue;
        _readers = [.. Enumerable.Range(0, nodes.Count + 1).Select(static _ => new List<Node>())];
        foreach (Node node in nodes)
        {
            foreach (int value in node.Inputs.Distinct())
                _readers[value].Add(node);
        }
    }

    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The shape of value 0.</summary>
    public TensorShape Input { get; }

    /// <summary>The value that the user gets.</summary>
    public int OutputValue { get; }

    public int ValueCount => Nodes.Count + 1;

    public IReadOnlyList<Node> Readers(int value) => _readers[value];

    /// <summary>The node that makes a value; null for the network's input.</summary>
    public Node? Producer(int value) => value == 0 ? null : Nodes[value - 1];

    public TensorShape Shape(int value) => Producer(value)?.Output ?? Input;

    /// <summary>Whether nobody but one node reads a value, once.</summary>
    public bool HasOneReader(int value) => value != OutputValue && _readers[value].Count == 1 && _readers[value][0].Inputs.Count(input => input == value) == 1;

    /// <summary>Builds the graph.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">Whether it is a trainer's: that keeps dropout and BatchNorm's statistics, and what backward needs.</param>
    public static NodeGraph Build(ShapedNetwork network, bool training)
    {
        NodeGraph graph = NodeFusion.Fuse(new NodeBuilder(network, training).Build(), training);
        return training ? graph : ConvolutionAlgorithms.ForPrediction(graph);
    }
}
