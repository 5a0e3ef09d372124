using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Turns the layers that the outputs depend on into nodes; drops what moves nothing.</summary>
internal sealed class NodeBuilder
{
    private static readonly Lazy<IReadOnlyDictionary<Type, NodeFactory>> Factories =
        new(static () => Registry.Entries<NodeFactory>().ToDictionary(static factory => factory.Spec));

    private readonly ShapedNetwork _network;
    private readonly bool _training;
    private readonly bool[] _live;
    private readonly List<int>[] _readers;
    private readonly int[] _values;
    private readonly List<GraphPort> _inputs;
    private readonly List<Node> _nodes = [];

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
        NodeFactory factory = Registry.Nearest(Factories.Value, layer.Spec)
            ?? throw new InvalidOperationException($"No node for the layer kind {layer.Spec.Kind}.");
        return factory.Make(new NodeSite(layer, inputs, input, _training) { Before = _nodes, Shape = Shape, IsReadAsItLies = () => ReadsMaps(index) });
    }

    /// <summary>
    /// Whether all that follows Flatten can read the map as it lies: linear layers, or nothing but element-wise layers up to one or to the end.
    /// </summary>
    private bool ReadsMaps(int index) => _readers[index].All(reader => _network.Layers[reader].Spec switch
    {
        LinearSpec => true,
        { IsElementWise: true } => ReadsMaps(reader),
        _ => false,
    });
}
