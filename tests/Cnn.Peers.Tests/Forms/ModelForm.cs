using Google.Protobuf;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Forms;

/// <summary>A small model of a form that real ones have, built node by node.</summary>
internal sealed class ModelForm
{
    private readonly Random _random = new(3);
    private readonly ModelProto _model;
    private int _names;

    /// <param name="name">A C# name.</param>
    /// <param name="opset">Of ONNX's operators.</param>
    /// <param name="input">The shape of 'x'.</param>
    public ModelForm(string name, int opset, params int[] input)
    {
        Name = name;
        _model = Model(opset, input);
        _model.IrVersion = 8;
        _model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        _model.Graph.Output.Clear();
        Input = [.. input.Select(static axis => (long)axis)];
    }

    public string Name { get; }

    public ModelProto Model => _model;

    /// <summary>The shape of 'x'.</summary>
    public long[] Input { get; }

    /// <summary>How large inputs may be before the model's own numbers are no longer known to three digits.</summary>
    public float Largest { get; init; } = 255;

    /// <summary>Whether the input is of bytes.</summary>
    public bool IsBytes { get; private init; }

    /// <summary>The same with an input of bytes.</summary>
    public static ModelForm OfBytes(string name, int opset, params int[] input)
    {
        ModelForm form = new(name, opset, input) { IsBytes = true };
        form._model.Graph.Input[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Uint8;
        return form;
    }

    /// <summary>Adds a node of one output.</summary>
    /// <returns>The output's name.</returns>
    public string Add(string type, string[] inputs, params AttributeProto[] attributes) => Add("", type, inputs, attributes);

    /// <summary>Adds a node of one of ONNX Runtime's operators.</summary>
    public string AddFused(string type, string[] inputs, params AttributeProto[] attributes) => Add("com.microsoft", type, inputs, attributes);

    /// <summary>A constant of random numbers between -1 and 1.</summary>
    public string Reals(params long[] shape) => Reals(shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, static (product, axis) => product * axis))
        .Select(_ => (_random.NextSingle() * 2) - 1)]);

    public string Reals(long[] shape, params float[] values)
    {
        string name = NewName("c");
        _model.Graph.Initializer.Add(Floats(name, shape, values));
        return name;
    }

    public string List(params long[] values)
    {
        string name = NewName("i");
        _model.Graph.Initializer.Add(Longs(name, values));
        return name;
    }

    public string Index(long value)
    {
        string name = NewName("i");
        _model.Graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { value } });
        return name;
    }

    /// <summary>A convolution whose padding keeps the map.</summary>
    public string Conv(string x, int inputs, int outputs, int kernel = 1, int stride = 1) => Add(
        "Conv", [x, Reals(outputs, inputs, kernel, kernel), Reals([outputs])], Integers("pads", kernel / 2, kernel / 2, kernel / 2, kernel / 2),
        Integers("strides", stride, stride));

    public string Transpose(string x, params long[] order) => Add("Transpose", [x], Integers("perm", order));

    public string Reshape(string x, params long[] shape) => Add("Reshape", [x, List(shape)]);

    /// <summary>Elements of one axis.</summary>
    public string Slice(string x, int axis, long start, long end, long step = 1) =>
        Add("Slice", [x, List(start), List(end), List(axis), List(step)]);

    public ModelForm Outputs(params string[] names)
    {
        _model.Graph.Output.AddRange(names.Select(static name => new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } },
        }));
        return this;
    }

    public byte[] Bytes() => _model.ToByteArray();

    private string Add(string domain, string type, string[] inputs, AttributeProto[] attributes)
    {
        NodeProto node = Node(type, inputs, NewName("v"), attributes);
        node.Domain = domain;
        _model.Graph.Node.Add(node);
        return node.Output[0];
    }

    private string NewName(string stem) => stem + (++_names).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
