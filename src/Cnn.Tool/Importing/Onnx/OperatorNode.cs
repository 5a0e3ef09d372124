using System.Text;
using Onnx;
using AttributeType = Onnx.AttributeProto.Types.AttributeType;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>A node with its inputs, on its way into layers. Attributes that nobody asked for are refused in the end: they might have meant something.</summary>
internal sealed class OperatorNode(NodeProto proto, IReadOnlyList<OnnxValue?> inputs, int opset, string? folder)
{
    private readonly HashSet<string> _asked = [];

    public int Opset => opset;

    public string Operator => proto.OpType;

    /// <summary>Whose operator it is: nothing for ONNX's own.</summary>
    public string Domain => proto.Domain is "ai.onnx" ? "" : proto.Domain;

    public string Source { get; } = OnnxModel.Describe(proto);

    /// <summary>What the model calls the node's output; PyTorch has its modules in the names of nodes, as <c>/layer1/relu/Relu</c>.</summary>
    public string Name => proto.Name.StartsWith('/') || proto.Output.Count == 0 ? proto.Name : proto.Output[0];

    public int InputCount => inputs.Count;

    public int OutputCount => proto.Output.Count;

    public IReadOnlyList<OnnxValue?> Inputs => inputs;

    /// <summary>Whether somebody could read the output.</summary>
    public bool HasOutput(int index) => index < proto.Output.Count && proto.Output[index].Length > 0;

    public string InputName(int index) => index < proto.Input.Count ? proto.Input[index] : "";

    /// <summary>Null where an optional input was left out.</summary>
    public OnnxValue? Optional(int index) => index < inputs.Count ? inputs[index] : null;

    /// <summary>A tensor of the network that the node computes with.</summary>
    public FeatureValue Feature(int index) => Seen(index) is { IsBytes: false } feature
        ? feature
        : throw new NotExpressibleException($"its input {index} are bytes; a Cast to float is needed before anything computes with them");

    /// <summary>A tensor of the network of which the node changes the view alone, or picks elements.</summary>
    public FeatureValue Seen(int index) => Optional(index) switch
    {
        FeatureValue feature => feature,
        null => throw new NotExpressibleException($"its input {index} is missing"),
        _ => throw new NotExpressibleException($"its input {index} is a constant where a tensor of the network is needed"),
    };

    public Tensor Constant(int index, string what) => Optional(index) switch
    {
        ConstantValue constant => constant.Tensor,
        null => throw new NotExpressibleException($"its {what} is missing"),
        _ => throw new NotExpressibleException($"its {what} is computed while the network runs; a constant is needed"),
    };

    public Tensor? ConstantOrNull(int index, string what) => Optional(index) is null ? null : Constant(index, what);

    /// <summary>One number, of an input that may be left out.</summary>
    public float? Number(int index, string what) => ConstantOrNull(index, what) switch
    {
        null => null,
        { Length: 1 } one => one.Reals[0],
        { } many => throw new NotExpressibleException($"its {what} has {many.Length} elements; 1 is needed"),
    };

    public bool Has(string name) => Find(name) is not null;

    public long Integer(string name, long otherwise) => Find(name, AttributeType.Int)?.I ?? otherwise;

    public int Int32(string name, int otherwise) => Integer(name, otherwise) is >= int.MinValue and <= int.MaxValue and var value
        ? (int)value
        : throw new NotExpressibleException($"its {name} is {Integer(name, otherwise)}, which is no number of axes, channels or groups");

    public float Real(string name, float otherwise) => Find(name, AttributeType.Float)?.F ?? otherwise;

    public string Text(string name, string otherwise) => Find(name, AttributeType.String) is { } attribute ? attribute.S.ToString(Encoding.UTF8) : otherwise;

    public long[]? Integers(string name) => Find(name, AttributeType.Ints) is { } attribute ? [.. attribute.Ints] : null;

    public float[]? Reals(string name) => Find(name, AttributeType.Floats) is { } attribute ? [.. attribute.Floats] : null;

    public Tensor? TensorOrNull(string name) => Find(name, AttributeType.Tensor) is { T: { } tensor } ? OnnxTensors.Read(tensor, folder) : null;

    /// <summary>Attributes that change nothing in a prediction.</summary>
    public void Ignore(params string[] names) => _asked.UnionWith(names);

    public IEnumerable<string> Unasked => proto.Attribute.Select(attribute => attribute.Name).Where(name => !_asked.Contains(name));

    /// <summary>Needs an attribute to have its default.</summary>
    public void Require(string name, long needed, string why)
    {
        long found = Integer(name, needed);
        if (found != needed)
            throw new NotExpressibleException($"its {name} is {found}, and {needed} is needed: {why}");
    }

    /// <summary>An attribute, whose other fields are 0 where its type is not the one that is read. Until IR version 2 files had no types.</summary>
    private AttributeProto? Find(string name, AttributeType? type = null)
    {
        _asked.Add(name);
        AttributeProto? attribute = proto.Attribute.FirstOrDefault(attribute => attribute.Name == name);
        return attribute is null || type is null || attribute.Type == type || attribute.Type == AttributeType.Undefined
            ? attribute
            : throw new NotExpressibleException(
                $"its {name} is of type {attribute.Type.ToString().ToLowerInvariant()}, and {type.ToString()!.ToLowerInvariant()} is needed");
    }
}
