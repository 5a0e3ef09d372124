using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace Cnn.Onnx.Export;

/// <summary>Collects nodes and constants; names of values are those of the layers.</summary>
internal sealed class GraphBuilder(string name)
{
    private readonly HashSet<string> _constants = [];

    public GraphProto Graph { get; } = new() { Name = name };

    /// <summary>A node with one output.</summary>
    /// <param name="operation">The ONNX operator.</param>
    /// <param name="output">The output's name, which the node is called after too.</param>
    /// <param name="inputs">Names of values; empty for an optional one that is left out.</param>
    /// <param name="attributes">As <see cref="Integers"/> and its siblings make them.</param>
    public string Node(string operation, string output, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        NodeProto node = new() { OpType = operation, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        Graph.Node.Add(node);
        return output;
    }

    /// <summary>A constant of floats. One that is there already is used again.</summary>
    public string Constant(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values)
    {
        if (!_constants.Add(name))
            return name;
        TensorProto tensor = Tensor(name, TensorProto.Types.DataType.Float, shape);
        if (BitConverter.IsLittleEndian)
        {
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
        }
        else
        {
            byte[] bytes = new byte[values.Length * sizeof(float)];
            for (int index = 0; index < values.Length; index++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), values[index]);
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
        }

        Graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>A constant list of integers.</summary>
    public string Constant(string name, params long[] values)
    {
        if (!_constants.Add(name))
            return name;
        TensorProto tensor = Tensor(name, TensorProto.Types.DataType.Int64, [values.Length]);
        tensor.Int64Data.AddRange(values);
        Graph.Initializer.Add(tensor);
        return name;
    }

    public string Scalar(string name, float value) => Constant(name, [], [value]);

    public static AttributeProto Integer(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Real(string name, double value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = (float)value };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Integers(string name, IEnumerable<double> values)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values.Select(value => (long)value));
        return attribute;
    }

    /// <summary>An input or output of the graph: any number of images of this shape.</summary>
    public static ValueInfoProto Value(string name, ReadOnlySpan<int> shape, TensorProto.Types.DataType element = TensorProto.Types.DataType.Float)
    {
        TensorShapeProto axes = new() { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "batch" } } };
        foreach (int axis in shape)
            axes.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = axis });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)element, Shape = axes } },
        };
    }

    private static TensorProto Tensor(string name, TensorProto.Types.DataType type, ReadOnlySpan<int> shape)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)type };
        foreach (int axis in shape)
            tensor.Dims.Add(axis);
        return tensor;
    }
}
