using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Makes one movement of several in a row, of those into a concatenation and of those behind it: each element moves once, from where it was computed to where
/// it is read. What goes there and back again vanishes.
/// </summary>
/// <remarks>Only where nobody else reads what is in between, and where layouts can say the whole as one list of axes.</remarks>
internal sealed class MovementFusion
{
    private readonly NodeGraph _graph;
    private readonly Node?[] _nodes;
    private readonly int[] _values;

    /// <summary>For each value whether one node alone reads it, once.</summary>
    private readonly bool[] _isSole;

    private MovementFusion(NodeGraph graph)
    {
        _graph = graph;
        _nodes = [.. graph.Nodes];
        _values = [.. Enumerable.Range(0, graph.ValueCount)];
        _isSole = [.. _values.Select(graph.HasOneReader)];
    }

    public static NodeGraph Fuse(NodeGraph graph) => graph.Nodes.Any(static node => node is RearrangementNode) ? new MovementFusion(graph).Fuse() : graph;

    private NodeGraph Fuse()
    {
        foreach (Node node in _graph.Nodes)
        {
            if (Parts(node) is not { } parts)
                continue;
            List<int> absorbed = [];
            List<Part> all = [.. parts.SelectMany(part => Before(part, node.Output, absorbed))];

            // Plain concatenations have kernels of their own.
            bool isPlain = node is not RearrangementNode && !absorbed.Any(producer => _nodes[producer] is RearrangementNode);
            if (isPlain || (absorbed.Count == 0 && node is RearrangementNode { MovesNothing: false }))
                continue;
            absorbed.ForEach(producer => _nodes[producer] = null);
            RearrangementNode moved = Node(node, all);
            _nodes[node.Index] = moved.MovesNothing ? null : moved;
            if (!moved.MovesNothing)
                continue;
            _values[node.Value] = moved.Inputs[0];
            _isSole[moved.Inputs[0]] &= _isSole[node.Value];
        }

        return _graph.With(_nodes, _values);
    }

    private static RearrangementNode Node(Node node, IReadOnlyList<Part> parts) => new()
    {
        Layer = node.Layer,
        Inputs = parts.Select(static part => part.Value).ToEquatableArray(),
        Input = parts[0].Shape,
        Output = node.Output,
        Index = node.Index,
        Value = node.Value,
        Movements = parts.Select(static part => part.Movement).ToEquatableArray(),
    };

    /// <summary>What a node moves, if it does nothing else.</summary>
    private IReadOnlyList<Part>? Parts(Node? node)
    {
        if (node is null)
            return null;
        Movement[]? movements = node switch
        {
            RearrangementNode moved => [.. moved.Movements],
            FlattenNode => [Movement.InOrder(node.Input.Length)],
            ConcatNode => Movement.Side([.. node.Inputs.Select(_graph.Shape)], node.Output, 0),
            _ => null,
        };
        return movements?.Select((movement, input) => new Part(_values[node.Inputs[input]], _graph.Shape(_values[node.Inputs[input]]), movement)).ToList();
    }

    private TensorShape Shape(int value) => _graph.Shape(value);

    /// <summary>A part of a node as parts of what is before it, where that only moves elements for this node alone; else itself.</summary>
    private IEnumerable<Part> Before(Part part, TensorShape output, List<int> absorbed)
    {
        if (!_isSole[part.Value] || _graph.Producer(part.Value) is not { } producer || Parts(_nodes[producer.Index]) is not { } before)
            return [part];
        List<Part> composed = [];
        foreach (Part first in before)
        {
            Movement? both = before.Count == 1 ? first.Movement.Then(part.Movement)
                : part.Movement.Count == part.Shape.Length ? first.Movement.ThenAllOf(part.Movement)
                : null;
            if (both?.Between(TensorLayout.Plain(first.Shape), TensorLayout.Plain(output)) is null)
                return [part];
            composed.Add(first with { Movement = both });
        }

        absorbed.Add(producer.Index);
        return composed;
    }

    /// <summary>Elements of a value on their way.</summary>
    private sealed record Part(int Value, TensorShape Shape, Movement Movement);
}
