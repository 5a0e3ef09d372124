using Cnn.Tool.Importing;
using Cnn.Tool.Importing.Onnx;
using Google.Protobuf;
using Onnx;
using static Onnx.TensorProto.Types;

namespace Cnn.Onnx.Tests.Support;

/// <summary>ONNX models that tests build of nodes.</summary>
internal static class Models
{
    /// <summary>A graph of opset 13 from x, 1 x 3 x 4 x 4, to y.</summary>
    public static ModelProto Model(params NodeProto[] nodes) => Model(13, [1, 3, 4, 4], nodes);

    /// <summary>A graph from x to y.</summary>
    public static ModelProto Model(int opset, int[] input, params IEnumerable<NodeProto> nodes)
    {
        TensorShapeProto shape = new();
        foreach (int axis in input)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = axis });
        ModelProto model = new()
        {
            OpsetImport = { new OperatorSetIdProto { Version = opset } },
            Graph = new GraphProto
            {
                Name = "test",
                Input = { new ValueInfoProto
                {
                    Name = "x",
                    Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = shape } },
                } },
                Output = { new ValueInfoProto { Name = "y" } },
            },
        };
        model.Graph.Node.AddRange(nodes);
        return model;
    }

    public static NodeProto Node(string type, string[] inputs, string output, params AttributeProto[] attributes) =>
        new() { OpType = type, Input = { inputs }, Output = { output }, Attribute = { attributes } };

    public static AttributeProto Integer(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Integers(string name, params long[] values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    public static AttributeProto Real(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static TensorProto Floats(string name, long[] shape, params float[] values) =>
        new() { Name = name, DataType = (int)DataType.Float, Dims = { shape }, FloatData = { values } };

    public static TensorProto Longs(string name, params long[] values) =>
        new() { Name = name, DataType = (int)DataType.Int64, Dims = { values.Length }, Int64Data = { values } };

    /// <summary>Imports a model as a file would be.</summary>
    public static Import Import(byte[] bytes, string className = "Imported")
    {
        using MemoryStream stream = new(bytes);
        string folder = AppContext.BaseDirectory;
        return Tool.Importing.Import.Onnx(OnnxModel.Read(stream, folder), folder, className, Reimport.Namespace, "A test.");
    }
}
