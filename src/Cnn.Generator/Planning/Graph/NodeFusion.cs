using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Fuses activations and norms into the node before them, where that node's output has no other reader; and makes one movement of several in a row.
/// </summary>
internal static class NodeFusion
{
    public static NodeGraph Fuse(NodeGraph graph, bool training)
    {
        Node?[] nodes = [.. graph.Nodes];
        int[] values = [.. Enumerable.Range(0, graph.ValueCount)];
        bool[] isSole = [.. Enumerable.Range(0, graph.ValueCount).Select(graph.HasOneReader)];
        foreach (Node node in graph.Nodes)
        {
            int input = values[node.Inputs[0]];
            if (graph.IsInput(input) || !isSole[input])
                continue;
            int before = graph.Producer(input)!.Index;
            if (node is WeightNode { SeesNoPadding: true } weight && nodes[before] is ScaleShiftNode norm)
            {
                // What comes out of the norms has no other reader, so that they vanish into the weight behind them.
                nodes[node.Index] = weight with { NormsBefore = norm.Norms };
                nodes[norm.Index] = null;
                values[node.Inputs[0]] = values[norm.Value] = values[norm.Inputs[0]];
                continue;
            }

            if (Absorb(nodes[before]!, node, training) is not { } fused)
                continue;
            if (fused is RearrangementNode { MovesNothing: true } nothing)
            {
                // There and back again.
                nodes[before] = nodes[node.Index] = null;
                int source = values[nothing.Inputs[0]];
                values[input] = values[node.Value] = source;
                isSole[source] &= isSole[node.Value];
                continue;
            }

            nodes[before] = fused;
            nodes[node.Index] = null;
            values[node.Value] = input;
            isSole[input] = isSole[node.Value];
        }

        return Compact(graph, nodes, values);
    }

    /// <summary>Numbers the nodes that are left anew.</summary>
    private static NodeGraph Compact(NodeGraph graph, Node?[] nodes, int[] values)
    {
        List<Node> left = [];
        int inputs = graph.Inputs.Count;
        int[] renumbered = [.. Enumerable.Range(0, values.Length)];
        foreach (Node? node in nodes)
        {
            if (node is null)
                continue;
            renumbered[node.Value] = inputs + left.Count;
            left.Add(node with
            {
                Index = left.Count,
                Value = inputs + left.Count,
                Inputs = node.Inputs.Select(input => renumbered[values[input]]).ToEquatableArray(),
            });
        }

        return new NodeGraph(left, graph.Inputs, [.. graph.Outputs.Select(output => output with { Value = renumbered[values[output.Value]] })]);
    }

    /// <summary>The node before and this one as one, or null where that is not legal.</summary>
    private static Node? Absorb(Node last, Node node, bool training) => node switch
    {
        // A trainer needs the activation's derivative from its output alone, since what comes before it is not stored.
        ActivationNode activation when last is WeightNode { Fused: null } weight && ToEpilogue(activation.Spec, training) is { } epilogue =>
            weight with { Epilogue = epilogue, Fused = activation.Spec },
        ScaleShiftNode norm when last is WeightNode { Fused: null } weight => weight with { Norms = weight.Norms.Concat(norm.Norms).ToEquatableArray() },
        { Moves: { } next } when last.Moves is { } first => RearrangementNode.Of(last, first, node, next),
        ScaleShiftNode norm when last is ScaleShiftNode before => before with { Norms = before.Norms.Concat(norm.Norms).ToEquatableArray() },
        _ => null,
    };

    private static Epilogue? ToEpilogue(ActivationSpec spec, bool training) => spec.Activation switch
    {
        "ReLU" => new Epilogue(EpilogueKind.ReLU),
        "ReLU6" => new Epilogue(EpilogueKind.Clip, 0, 6),
        "LeakyReLU" when spec.Numbers[0] is >= 0 and <= 1 => new Epilogue(EpilogueKind.LeakyReLU, spec.Numbers[0]),
        "Clip" when !training => new Epilogue(EpilogueKind.Clip, spec.Numbers[0], spec.Numbers[1]),
        _ => null,
    };
}
