using Onnx;

namespace Cnn.Onnx.Export;

/// <summary>
/// A network's ports as inputs and outputs of a graph, with what lies between the caller's numbers and the layers': a cast of bytes, and another
/// order of axes.
/// </summary>
internal sealed class ExportedPorts
{
    private readonly NetworkSummary _summary;
    private readonly GraphBuilder _graph;
    private readonly Dictionary<Port, string> _names = [];

    /// <summary>Declares the inputs and outputs.</summary>
    public ExportedPorts(NetworkSummary summary, GraphBuilder graph)
    {
        _summary = summary;
        _graph = graph;
        foreach (Port port in summary.Inputs)
        {
            _names[port] = NameOf(port);
            graph.Graph.Input.Add(GraphBuilder.Value(_names[port], [.. port.Shape], port.Element == PortElement.UInt8
                ? TensorProto.Types.DataType.Uint8
                : TensorProto.Types.DataType.Float));
        }

        foreach (Port port in summary.Outputs)
        {
            _names[port] = NameOf(port);
            graph.Graph.Output.Add(GraphBuilder.Value(_names[port], [.. port.Shape]));
        }
    }

    /// <summary>What comes in by a layer's input port, as layers see it.</summary>
    public string Input(LayerSummary layer)
    {
        Port port = _summary.Inputs.Single(port => port.Layer == layer.Name);
        string value = _names[port];
        if (port.Element == PortElement.UInt8)
            value = _graph.Node("Cast", Between(port, "floats"), [value], GraphBuilder.Integer("to", (long)TensorProto.Types.DataType.Float));
        if (IsChannelsLast(port))
            value = _graph.Node("Transpose", Between(port, "channels_first"), [value],
                GraphBuilder.Integers("perm", Enumerable.Range(0, port.Shape.Count + 1).Select(axis => (double)ChannelsFirst(axis, port.Shape.Count))));
        return value;
    }

    /// <summary>The output port whose value a layer's node makes itself; null where there is none.</summary>
    public string? MadeBy(LayerSummary layer) => Primary(layer) is { } port ? _names[port] : null;

    /// <summary>Makes the outputs that no layer's node makes itself.</summary>
    /// <param name="values">The value that each layer makes.</param>
    public void Finish(Func<string, string> values)
    {
        foreach (Port port in _summary.Outputs)
        {
            if (IsChannelsLast(port))
                _graph.Node("Transpose", _names[port], [values(port.Layer)],
                    GraphBuilder.Integers("perm", Enumerable.Range(0, port.Shape.Count + 1).Select(axis => (double)ChannelsLast(axis, port.Shape.Count))));
            else if (_summary.Layers.First(layer => layer.Name == port.Layer) is { } layer && (layer.Inputs.Count == 0 || Primary(layer) != port))
                _graph.Node("Identity", _names[port], [values(port.Layer)]);
        }
    }

    private Port? Primary(LayerSummary layer) => _summary.Outputs.FirstOrDefault(port => port.Layer == layer.Name && !IsChannelsLast(port));

    private static bool IsChannelsLast(Port port) => port.Layout == DataLayout.ChannelsLast && port.Shape.Count > 1;

    /// <summary>N, H, W, C to N, C, H, W.</summary>
    private static int ChannelsFirst(int axis, int rank) => axis switch { 0 => 0, 1 => rank, _ => axis - 1 };

    /// <summary>N, C, H, W to N, H, W, C.</summary>
    private static int ChannelsLast(int axis, int rank) => axis == 0 ? 0 : axis == rank ? 1 : axis + 1;

    private string Between(Port port, string what) => Unused($"{_names[port]}_{what}");

    /// <summary>The port's own name, unless that is the default and some layer is called so.</summary>
    private string NameOf(Port port) => Unused(port.Name);

    private string Unused(string name)
    {
        while (_summary.Layers.Any(layer => layer.Name == name && layer.Inputs.Count > 0) || _graph.Graph.Node.Any(node => node.Output.Contains(name)))
            name += "_";
        return name;
    }
}
