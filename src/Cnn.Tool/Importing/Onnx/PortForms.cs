using Onnx;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>
/// What lies between a model's inputs or outputs and what layers see, where a port can say it: a Cast of bytes, and a Transpose from or into channels
/// last. Such nodes are not lowered, so that the caller's numbers keep the very order of the model's tensors.
/// </summary>
internal sealed class PortForms
{
    private readonly Dictionary<string, PortForm> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PortForm> _outputs = new(StringComparer.Ordinal);
    private readonly HashSet<NodeProto> _said = new(ReferenceEqualityComparer.Instance);
    private readonly OnnxModel _model;

    public PortForms(OnnxModel model)
    {
        _model = model;
        foreach (ValueInfoProto input in model.Inputs)
            _inputs.Add(input.Name, InputForm(input));
        foreach (string output in model.Outputs)
            _outputs.Add(output, OutputForm(output));
    }

    /// <summary>How an input reaches the layers.</summary>
    public PortForm Input(string name) => _inputs[name];

    /// <summary>How layers reach an output.</summary>
    public PortForm Output(string name) => _outputs[name];

    /// <summary>Whether a port says what a node does.</summary>
    public bool Say(NodeProto node) => _said.Contains(node);

    private PortForm InputForm(ValueInfoProto input)
    {
        PortForm form = new(input.Name, IsChannelsLast: false, IsBytes: false);
        if (input.Type?.TensorType is not { Shape: { } shape } type)
            return form;
        const int Float = (int)TensorProto.Types.DataType.Float;
        if (type.ElemType == (int)TensorProto.Types.DataType.Uint8 && OnlyReader(form.Value) is { OpType: "Cast" } cast
            && cast.Attribute.Any(static attribute => attribute is { Name: "to", I: Float }))
        {
            _said.Add(cast);
            form = form with { Value = cast.Output[0], IsBytes = true };
        }

        if (OnlyReader(form.Value) is { OpType: "Transpose" } transpose && Order(transpose) is { } order
            && order.SequenceEqual(ToChannelsFirst(shape.Dim.Count)))
        {
            _said.Add(transpose);
            form = form with { Value = transpose.Output[0], IsChannelsLast = true };
        }

        return form;
    }

    private PortForm OutputForm(string output)
    {
        NodeProto? maker = _model.Nodes.FirstOrDefault(node => node.Output.Contains(output));
        bool isLast = maker is { OpType: "Transpose", Input.Count: 1 } && !_model.ReadersOf(output).Any() && !_said.Contains(maker)
            && Order(maker) is { } order && order.SequenceEqual(ToChannelsLast(order.Length));
        if (!isLast)
            return new PortForm(output, false, false);
        _said.Add(maker!);
        return new PortForm(maker!.Input[0], IsChannelsLast: true, IsBytes: false);
    }

    /// <summary>The one node that reads a value which is no output, or null.</summary>
    private NodeProto? OnlyReader(string value) =>
        !_model.Outputs.Contains(value) && _model.ReadersOf(value).ToArray() is [var reader] && reader is { Input.Count: 1, Output.Count: 1 } ? reader : null;

    private static int[]? Order(NodeProto node) =>
        node.Attribute.FirstOrDefault(static attribute => attribute.Name == "perm")?.Ints.Select(static axis => (int)axis).ToArray();

    /// <summary>0, 3, 1, 2.</summary>
    private static IEnumerable<int> ToChannelsFirst(int axes) => axes < 3 ? [] : [0, axes - 1, .. Enumerable.Range(1, axes - 2)];

    /// <summary>0, 2, 3, 1.</summary>
    private static IEnumerable<int> ToChannelsLast(int axes) => axes < 3 ? [] : [0, .. Enumerable.Range(2, axes - 2), 1];
}

/// <summary>How a port of a model meets the layers.</summary>
/// <param name="Value">The value that layers read or make.</param>
/// <param name="IsChannelsLast">Whether the caller's numbers have the channels last.</param>
/// <param name="IsBytes">Whether they are bytes.</param>
internal sealed record PortForm(string Value, bool IsChannelsLast, bool IsBytes);
