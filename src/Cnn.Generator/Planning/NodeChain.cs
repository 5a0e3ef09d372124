using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Turns layers into nodes: drops what moves nothing, fuses and folds what is legal.</summary>
public static class NodeChain
{
    /// <summary>The nodes of a network in the order in which they run.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">Whether they are a trainer's: it keeps dropout and BatchNorm's statistics, and what backward needs.</param>
    public static IReadOnlyList<Node> Build(ShapedNetwork network, bool training)
    {
        List<ShapedLayer> layers = Live(network);
        List<Node> nodes = [];
        TensorShape shape = network.Input.OutputShape;
        for (int index = 1; index < layers.Count; index++)
        {
            Node? node = ToNode(layers, index, shape, training);
            if (node is null)
                continue;
            node = nodes.Count == 0 ? node : Absorb(nodes, node, training);
            if (node is null)
                continue;
            nodes.Add(node);
            shape = node.Output;
        }

        return nodes;
    }

    /// <summary>The layers that the output depends on, from the input on.</summary>
    public static List<ShapedLayer> Live(ShapedNetwork network)
    {
        List<ShapedLayer> live = [];
        int index = network.Layers.Length - 1;
        while (true)
        {
            ShapedLayer layer = network.Layers[index];
            live.Add(layer);
            if (layer.Inputs.Length == 0)
                break;
            index = layer.Inputs[0];
        }

        live.Reverse();
        return live;
    }

    private static Node? ToNode(List<ShapedLayer> layers, int index, TensorShape input, bool training)
    {
        ShapedLayer layer = layers[index];
        TensorShape output = layer.OutputShape;
        switch (layer.Spec)
        {
            case ConvSpec:
                return new ConvNode { Layer = layer, Input = input, Output = output };
            case LinearSpec:
                return new LinearNode { Layer = layer, Input = input, Output = output };
            case PoolSpec:
                return new PoolNode { Layer = layer, Input = input, Output = output };
            case GlobalPoolSpec:
                return new GlobalPoolNode { Layer = layer, Input = input, Output = output };
            case ActivationSpec:
                return new ActivationNode { Layer = layer, Input = input, Output = input };
            case BatchNormSpec norm:
                return new BatchNormNode { Layer = layer, Input = input, Output = input, Norms = [new FoldedNorm(norm.Name, norm.Affine, norm.Epsilon)] };
            case DropoutSpec:
                return training ? new DropoutNode { Layer = layer, Input = input, Output = input } : null;
            case SoftmaxSpec:
                return new SoftmaxNode { Layer = layer, Input = input, Output = input };
            case FlattenSpec:
                return input.Rank == 0 || ReadsMaps(layers, index + 1) ? null : new FlattenNode { Layer = layer, Input = input, Output = output };
            case IdentitySpec:
                return null;
            default:
                throw new InvalidOperationException($"No node for the layer kind {layer.Spec.Kind}.");
        }
    }

    /// <summary>Whether what follows Flatten can read the map as it lies: a linear layer, or nothing but element-wise layers up to one or to the end.</summary>
    private static bool ReadsMaps(List<ShapedLayer> layers, int index)
    {
        for (; index < layers.Count; index++)
        {
            switch (layers[index].Spec)
            {
                case LinearSpec:
                    return true;
                case ActivationSpec or DropoutSpec or IdentitySpec or FlattenSpec:
                    continue;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Fuses a node into the last one if that is legal; returns the node if not.</summary>
    private static Node? Absorb(List<Node> nodes, Node node, bool training)
    {
        Node last = nodes[^1];
        switch (node)
        {
            // A trainer needs the activation's derivative from its output alone, since what comes before it is not stored.
            case ActivationNode activation when last is WeightNode { Fused: null } weight && ToEpilogue(activation.Spec, training) is { } epilogue:
                nodes[^1] = weight with { Epilogue = epilogue, Fused = activation.Spec };
                return null;
            case BatchNormNode norm when !training && last is WeightNode { Fused: null } weight:
                nodes[^1] = weight with { Norms = weight.Norms.Concat(norm.Norms).ToEquatableArray() };
                return null;
            case BatchNormNode norm when !training && last is BatchNormNode before:
                nodes[^1] = before with { Norms = before.Norms.Concat(norm.Norms).ToEquatableArray() };
                return null;
            default:
                return node;
        }
    }

    private static Epilogue? ToEpilogue(ActivationSpec spec, bool training) => spec.Activation switch
    {
        ActivationKind.ReLU => new Epilogue(EpilogueKind.ReLU),
        ActivationKind.ReLU6 => new Epilogue(EpilogueKind.Clip, 0, 6),
        ActivationKind.LeakyReLU when spec.Numbers[0] is >= 0 and <= 1 => new Epilogue(EpilogueKind.LeakyReLU, spec.Numbers[0]),
        ActivationKind.Clip when !training => new Epilogue(EpilogueKind.Clip, spec.Numbers[0], spec.Numbers[1]),
        _ => null,
    };
}
