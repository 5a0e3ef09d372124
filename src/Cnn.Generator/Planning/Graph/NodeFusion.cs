using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Fuses activations, residual sums and norms into the node before them, where that node's output has no other reader.</summary>
internal sealed class NodeFusion
{
    private readonly NodeGraph _graph;
    private readonly bool _training;
    private readonly Node?[] _nodes;

    /// <summary>For each value which one stands for it.</summary>
    private readonly int[] _values;

    /// <summary>For each value that is left whether one node alone reads it, once.</summary>
    private readonly bool[] _isSole;

    private NodeFusion(NodeGraph graph, bool training)
    {
        _graph = graph;
        _training = training;
        _nodes = [.. graph.Nodes];
        _values = [.. Enumerable.Range(0, graph.ValueCount)];
        _isSole = [.. _values.Select(graph.HasOneReader)];
    }

    public static NodeGraph Fuse(NodeGraph graph, bool training) => new NodeFusion(graph, training).Fuse();

    private NodeGraph Fuse()
    {
        foreach (Node node in _graph.Nodes)
        {
            if (TakesNormsBefore(node) || AddsResidual(node) || Before(_values[node.Inputs[0]]) is not { } before || Absorb(before, node) is not { } fused)
                continue;
            Replace(node, fused);
        }

        return _graph.With(_nodes, _values);
    }

    /// <summary>The node that makes a value which nobody else reads; null if there is none.</summary>
    private Node? Before(int value) => _graph.IsInput(value) || !_isSole[value] ? null : _nodes[_graph.Producer(value)!.Index];

    /// <summary>Puts a node that does what another did besides in its own place.</summary>
    private void Replace(Node node, Node fused)
    {
        _nodes[fused.Index] = fused;
        _nodes[node.Index] = null;
        _values[node.Value] = fused.Value;
        _isSole[fused.Value] = _isSole[node.Value];
    }

    /// <summary>Norms without another reader vanish into the weight behind them.</summary>
    private bool TakesNormsBefore(Node node)
    {
        if (node is not WeightNode { SeesNoPadding: true } weight || Before(_values[node.Inputs[0]]) is not ScaleShiftNode norm)
            return false;
        _nodes[node.Index] = weight with { NormsBefore = norm.Norms };
        _nodes[norm.Index] = null;
        _values[node.Inputs[0]] = _values[norm.Value] = _values[norm.Inputs[0]];
        return true;
    }

    /// <summary>A sum becomes a step of that of its operands which is made last: the other one is there by then.</summary>
    private bool AddsResidual(Node node)
    {
        if (node is not BinaryNode { IsSum: true } || !node.Inputs.All(input => _graph.Shape(input) == node.Output))
            return false;
        int last = node.Inputs.Select(input => _values[input]).Max();
        int other = node.Inputs.Select(input => _values[input]).Min();
        if (Before(last) is not FinishingNode { Epilogue.HasResidual: false } host || !host.FinishesResiduals || (_training && host.Fused is not null))
            return false;
        Replace(node, host.Then(new ResidualStep(), other));
        return true;
    }

    /// <summary>The node before and this one as one, or null where that is not legal or not faster.</summary>
    private Node? Absorb(Node last, Node node) => node switch
    {
        ActivationNode activation when last is FinishingNode host && Finishes(host, activation.Spec) => host.Then(new ActivationStep(activation.Spec.Function)),
        ScaleShiftNode norm when last is WeightNode { Epilogue.IsEmpty: true } weight =>
            weight with { Norms = weight.Norms.Concat(norm.Norms).ToEquatableArray() },
        ScaleShiftNode norm when last is ScaleShiftNode before => before with { Norms = before.Norms.Concat(norm.Norms).ToEquatableArray() },
        _ => null,
    };

    /// <summary>A trainer needs the activation's derivative from its output alone, since what comes before it is not stored.</summary>
    private bool Finishes(FinishingNode host, ActivationSpec activation) =>
        host.FinishesActivations && (activation.Definition.IsCheap || host.HasFreeRegisters)
        && (!_training || (host.Fused is null && activation.Definition is { UsesOutput: true, IsPartial: false }));
}
