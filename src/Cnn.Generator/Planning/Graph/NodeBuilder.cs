using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Turns the layers that the outputs depend on into nodes; drops what moves nothing.</summary>
internal sealed class NodeBuilder
{
    private readonly ShapedNetwork _network;
    private readonly bool _training;
    private readonly bool[] _live;
    private readonly List<int>[] _readers;
    private readonly int[] _values;
    private readonly List<GraphPort> _inputs;
    private readonly List<Node> _nodes = [];
    private int _dropouts;

    /// <summary>Finds what the outputs depend on.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">Whether it is a trainer's graph.</param>
    /// <param name="keepsAll">Whether layers stay on which no output depends.</param>
    public NodeBuilder(ShapedNetwork network, bool training, bool keepsAll = false)
    {
        _network = network;
        _training = training;
        int count = network.Layers.Length;
        _live = new bool[count];
        foreach (ShapedPort output in network.Outputs)
            _live[output.Layer] = true;
        for (int index = 0; index < count && keepsAll; index++)
            _live[index] = true;
        _values = new int[count];
        _inputs = [.. network.Inputs.Select(static (port, place) => new GraphPort(port, place, place))];
        _readers = [.. Enumerable.Range(0, count).Select(static _ => new List<int>())];
        for (int index = count - 1; index >= 0; index--)
        {
            if (!_live[index])
                continue;
            foreach (int input in network.Layers[index].Inputs)
            {
                _live[input] = true;
                _readers[input].Add(index);
            }
        }
    }

    /// <summary>The value that each layer of the network makes, once the graph is built; layers that move nothing share that of their input.</summary>
    public IReadOnlyList<int> LayerValues => _values;

    public NodeGraph Build()
    {
        foreach (GraphPort input in _inputs)
            _values[input.Port.Layer] = input.Value;
        for (int index = 0; index < _network.Layers.Length; index++)
        {
            if (!_live[index] || _network.Layers[index].Spec is InputSpec)
                continue;
            ShapedLayer layer = _network.Layers[index];
            EquatableArray<int> inputs = layer.Inputs.Select(input => _values[input]).ToEquatableArray();
            Node? node = Make(index, layer, inputs, Shape(inputs[0]));
            if (node is null)
            {
                _values[index] = inputs[0];
                continue;
            }

            _values[index] = _inputs.Count + _nodes.Count;
            _nodes.Add(node with { Index = _nodes.Count, Value = _values[index] });
        }

        return new NodeGraph(_nodes, _inputs, [.. _network.Outputs.Select((port, place) => new GraphPort(port, place, _values[port.Layer]))]);
    }

    private TensorShape Shape(int value) => value < _inputs.Count ? _inputs[value].Port.Shape : _nodes[value - _inputs.Count].Output;

    private Node? Make(int index, ShapedLayer layer, EquatableArray<int> inputs, TensorShape input)
    {
        TensorShape output = layer.OutputShape;
        switch (layer.Spec)
        {
            case ConvSpec:
                return new ConvNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case LinearSpec:
                return new LinearNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case ConvTransposeSpec:
                return new ConvTransposeNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case PoolSpec:
                return new PoolNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case GlobalPoolSpec:
                return new GlobalPoolNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case AdaptiveAvgPoolSpec:
                return new AdaptivePoolNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case PadSpec:
                return new PadNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case UpsampleSpec:
                return new UpsampleNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case ImageNormSpec:
                return new ImageNormNode { Layer = layer, Inputs = inputs, Input = input, Output = input };
            case LocalResponseNormSpec:
                return new LocalResponseNormNode { Layer = layer, Inputs = inputs, Input = input, Output = input };
            case PReLUSpec:
                return new PReLUNode { Layer = layer, Inputs = inputs, Input = input, Output = input };
            case ActivationSpec:
                return new ActivationNode { Layer = layer, Inputs = inputs, Input = input, Output = input };
            case BatchNormSpec or NormalizeSpec:
                return MakeNorm(layer, inputs, input);
            case DropoutSpec:
                return _training ? new DropoutNode { Layer = layer, Inputs = inputs, Input = input, Output = input, Ordinal = _dropouts++ } : null;
            case SoftmaxSpec:
                return new SoftmaxNode { Layer = layer, Inputs = inputs, Input = input, Output = input };
            case AddSpec:
                return new AddNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case MultiplySpec:
                return new MultiplyNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case ConcatSpec:
                return new ConcatNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case FlattenSpec:
                return input.Rank == 0 || ReadsMaps(index) ? null : new FlattenNode { Layer = layer, Inputs = inputs, Input = input, Output = output };
            case IdentitySpec:
                return null;
            default:
                throw new InvalidOperationException($"No node for the layer kind {layer.Spec.Kind}.");
        }
    }

    /// <summary>A norm whose statistics are fixed in a predictor, where it is a scale and a shift.</summary>
    private Node MakeNorm(ShapedLayer layer, EquatableArray<int> inputs, TensorShape input)
    {
        switch (layer.Spec)
        {
            case BatchNormSpec when _training:
                return new BatchNormNode { Layer = layer, Inputs = inputs, Input = input, Output = input };
            case NormalizeSpec when _training:
                return new NormalizeNode { Layer = layer, Inputs = inputs, Input = input, Output = input };
        }

        FoldedNorm norm = layer.Spec is NormalizeSpec constants
            ? new FoldedNorm(layer.Spec.Name, false, 0) { Mean = constants.Mean, Deviation = constants.Deviation }
            : new FoldedNorm(layer.Spec.Name, ((BatchNormSpec)layer.Spec).Affine, ((BatchNormSpec)layer.Spec).Epsilon);
        return new ScaleShiftNode { Layer = layer, Inputs = inputs, Input = input, Output = input, Norms = [norm] };
    }

    /// <summary>Whether all that follows Flatten can read the map as it lies: linear layers, or nothing but element-wise layers up to one or to the end.</summary>
    private bool ReadsMaps(int index) => _readers[index].All(reader => _network.Layers[reader].Spec switch
    {
        LinearSpec => true,
        ActivationSpec or PReLUSpec { PerChannel: false } or DropoutSpec or IdentitySpec or FlattenSpec => ReadsMaps(reader),
        _ => false,
    });
}
