using Onnx;

namespace Cnn.Peers.Tests.Graphs;

/// <summary>A graph as far as it is drawn: a chain or a small net of nodes, with what ONNX Runtime makes of each.</summary>
internal sealed class GraphDraft
{
    private readonly List<NodeProto> _nodes = [];
    private readonly Dictionary<string, TensorProto> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<GraphValue> _values = [];

    public GraphDraft(int opset, GraphValue input)
    {
        Opset = opset;
        _values.Add(input);
        _names.Add(input.Name);
    }

    public int Opset { get; }

    /// <summary>Whether the model leaves the number of images open.</summary>
    public bool IsBatchOpen { get; init; }

    /// <summary>Until version 3 of the format, constants are among the inputs.</summary>
    public bool ListsConstants { get; init; }

    public IReadOnlyList<NodeProto> Nodes => _nodes;

    /// <summary>The input first, then the output of each step.</summary>
    public IReadOnlyList<GraphValue> Values => _values;

    public IReadOnlyDictionary<string, TensorProto> Constants => _constants;

    public GraphValue Input => _values[0];

    public GraphValue Output => _values[^1];

    /// <summary>A name that nothing has yet.</summary>
    public string NewName(string wanted)
    {
        string name = wanted;
        for (int number = 2; !_names.Add(name); number++)
            name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wanted}_{number}");
        return name;
    }

    public void Append(Sketch sketch, GraphValue output)
    {
        _nodes.AddRange(sketch.Nodes);
        foreach (TensorProto constant in sketch.Constants)
            _constants.Add(constant.Name, constant);
        _values.Add(output);
    }

    /// <summary>Takes the last step back.</summary>
    public void Remove(Sketch sketch)
    {
        _nodes.RemoveRange(_nodes.Count - sketch.Nodes.Count, sketch.Nodes.Count);
        foreach (TensorProto constant in sketch.Constants)
            _constants.Remove(constant.Name);
        _values.RemoveAt(_values.Count - 1);
    }

    /// <summary>All of it.</summary>
    public ModelProto Model() => Model(_nodes, [(Input.Name, Input.Shape)], Output.Name, IsBatchOpen);

    /// <summary>What a sketch would add, reading finished values as inputs.</summary>
    public ModelProto Model(Sketch sketch) =>
        Model(sketch.Nodes, [.. sketch.Reads.Select(value => (value.Name, value.Shape))], sketch.Output, false, sketch.Constants);

    /// <summary>A model of some of the nodes.</summary>
    /// <param name="nodes">In order.</param>
    /// <param name="inputs">Names and shapes.</param>
    /// <param name="output">The value that comes out.</param>
    /// <param name="isBatchOpen">Whether the number of images is left open.</param>
    /// <param name="more">Constants beside those of the draft.</param>
    public ModelProto Model(
        IEnumerable<NodeProto> nodes, IReadOnlyList<(string Name, long[] Shape)> inputs, string output, bool isBatchOpen, params IEnumerable<TensorProto> more)
    {
        ModelProto model = new()
        {
            IrVersion = ListsConstants ? 3 : Opset < 21 ? 8 : 10,
            OpsetImport = { new OperatorSetIdProto { Version = Opset } },
            Graph = new GraphProto { Name = "drawn", Output = { Info(output, (int)TensorProto.Types.DataType.Float, null, false) } },
        };
        model.Graph.Node.AddRange(nodes);
        HashSet<string> read = [.. model.Graph.Node.SelectMany(node => node.Input)];
        model.Graph.Initializer.AddRange(_constants.Values.Concat(more).Where(constant => read.Contains(constant.Name)));
        foreach ((string name, long[] shape) in inputs)
            model.Graph.Input.Add(Info(name, (int)TensorProto.Types.DataType.Float, shape, isBatchOpen));
        if (ListsConstants)
            model.Graph.Input.AddRange(model.Graph.Initializer.Select(constant => Info(constant.Name, constant.DataType, [.. constant.Dims], false)));
        return model;
    }

    private static ValueInfoProto Info(string name, int type, long[]? shape, bool isBatchOpen)
    {
        TypeProto.Types.Tensor tensor = new() { ElemType = type };
        if (shape is not null)
        {
            tensor.Shape = new TensorShapeProto();
            tensor.Shape.Dim.AddRange(shape.Select((length, axis) => axis == 0 && isBatchOpen
                ? new TensorShapeProto.Types.Dimension { DimParam = "N" }
                : new TensorShapeProto.Types.Dimension { DimValue = length }));
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
