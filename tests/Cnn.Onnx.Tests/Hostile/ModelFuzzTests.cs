using Cnn.Onnx.Tests.Support;
using Cnn.Tool.Importing;
using Cnn.Tool.Verification;
using Google.Protobuf;
using Onnx;

namespace Cnn.Onnx.Tests.Hostile;

/// <summary>Models, arrays and weights that are damaged in their bytes or in what they say.</summary>
public sealed class ModelFuzzTests
{
    private const int LongestSource = 4_000;

    private static readonly long[] Extremes = [0, -1, 1, 2, 3, 255, 1 << 20, int.MaxValue, int.MinValue, 1L << 60, long.MaxValue, long.MinValue];

    private static readonly byte[][] Sources = [.. ModelCase.Small.Select(model => File.ReadAllBytes(model.Model))
        .Where(bytes => bytes.Length < LongestSource)];

    private static readonly string[] Operators = [.. Sources.SelectMany(source => ModelProto.Parser.ParseFrom(source).Graph.Node)
        .Select(node => node.OpType).Distinct()];

    [Fact]
    public void Models_of_damaged_bytes_are_read_or_refused_and_nothing_else() =>
        Fuzzing.Run<byte[], ImportException>(random => Fuzzing.Mutated(Sources[random.Next(Sources.Length)], random), bytes => Models.Import(bytes));

    [Fact]
    public void Models_that_say_extreme_things_are_read_or_refused_and_nothing_else() =>
        Fuzzing.Run<byte[], ImportException>(
            random =>
            {
                ModelProto model = ModelProto.Parser.ParseFrom(Sources[random.Next(Sources.Length)]);
                for (int edit = random.Next(3); edit >= 0; edit--)
                    Change(model.Graph, random);
                return model.ToByteArray();
            },
            bytes => Models.Import(bytes));

    [Fact]
    public void Damaged_arrays_are_read_or_refused_and_nothing_else()
    {
        byte[] header = [.. "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"u8];
        byte[] sound = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. new byte[24]];
        Fuzzing.Run<byte[], ImportException>(random => Fuzzing.Mutated(sound, random), bytes =>
        {
            using MemoryStream stream = new(bytes);
            _ = NumpyFile.Read(stream);
        });
    }

    [Fact]
    public void Damaged_weights_are_read_or_refused_and_nothing_else()
    {
        TensorFile file = new() { Metadata = { ["format"] = "pt" } };
        file.Add("conv1.weight", [2, 1, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
        file.Add("conv1.bias", [2], [1, 2]);
        file.Add("steps", [1], new long[] { 7 });
        using MemoryStream written = new();
        file.Write(written);
        byte[] sound = written.ToArray();
        Fuzzing.Run<byte[], WeightsException>(random => Fuzzing.Mutated(sound, random), bytes =>
        {
            using MemoryStream stream = new(bytes);
            _ = TensorFile.Read(stream);
        });
    }

    private static void Change(GraphProto graph, Random random)
    {
        long extreme = Extremes[random.Next(Extremes.Length)];
        NodeProto node = graph.Node[random.Next(graph.Node.Count)];
        AttributeProto? attribute = node.Attribute.Count > 0 ? node.Attribute[random.Next(node.Attribute.Count)] : null;
        TensorProto? tensor = graph.Initializer.Count > 0 ? graph.Initializer[random.Next(graph.Initializer.Count)] : null;
        switch (random.Next(8))
        {
            case 0 when attribute is { Ints.Count: > 0 }:
                attribute.Ints[random.Next(attribute.Ints.Count)] = extreme;
                break;
            case 1 when attribute is not null:
                (attribute.I, attribute.F) = (extreme, random.Next(3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => extreme });
                break;
            case 2 when attribute is { Ints.Count: > 0 }:
                attribute.Ints.RemoveAt(0);
                break;
            case 3:
                node.OpType = Operators[random.Next(Operators.Length)];
                break;
            case 4 when node.Input.Count > 0:
                node.Input.RemoveAt(random.Next(node.Input.Count));
                break;
            case 5 when tensor is { Dims.Count: > 0 }:
                tensor.Dims[random.Next(tensor.Dims.Count)] = extreme;
                break;
            case 6:
                Google.Protobuf.Collections.RepeatedField<TensorShapeProto.Types.Dimension> axes = graph.Input[0].Type.TensorType.Shape.Dim;
                axes[random.Next(axes.Count)].DimValue = extreme;
                break;
            case 7 when tensor is { Int64Data.Count: > 0 }:
                tensor.Int64Data[random.Next(tensor.Int64Data.Count)] = extreme;
                break;
            default:
                node.Attribute.Add(new AttributeProto { Name = "axis", I = extreme });
                break;
        }
    }
}
