using System.Diagnostics;
using Cnn.Tool.Importing;
using Cnn.Tool.Importing.Onnx;
using CsCheck;
using Google.Protobuf;
using Onnx;
using static Onnx.TensorProto.Types;

namespace Cnn.Onnx.Tests.Hostile;

/// <summary>ONNX files that were made to do harm, or damaged: one clear error, soon and in little memory.</summary>
public sealed class HostileModelTests
{
    private const long MostBytes = 64 << 20;

    // A tenth of this on a machine that does nothing else, in a debug build and with the code compiled on the way.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_dimension_below_zero_is_an_error()
    {
        ModelProto model = Model(Node("Relu", "x", "y"));
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = (int)DataType.Float, Dims = { 3, -1 } });
        Assert.Contains("no axis can be negative", Refusal(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 60, 1L)]
    [InlineData(1L << 32, 1L << 32)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void A_constant_that_claims_more_elements_than_memory_holds_is_an_error(long rows, long columns)
    {
        ModelProto model = Model(Node("Relu", "x", "y"));
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = (int)DataType.Float, Dims = { rows, columns } });
        Assert.Contains("elements are not read", Refusal(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_that_claims_more_elements_than_memory_holds_is_an_error()
    {
        ModelProto model = Model(Node("ConstantOfShape", "shape", "c"), Node("Add", "x", "y", "c"));
        model.Graph.Initializer.Add(new TensorProto { Name = "shape", DataType = (int)DataType.Int64, Dims = { 2 }, Int64Data = { 1L << 30, 1L << 30 } });
        Assert.Contains("'c'", Refusal(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 60)]
    [InlineData(-4L)]
    public void An_input_that_no_memory_holds_is_an_error(long height)
    {
        ModelProto model = Model(Node("Relu", "x", "y"));
        model.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimValue = height;
        Assert.NotEmpty(Refusal(model.ToByteArray()));
    }

    [Fact]
    public void A_constant_with_fewer_bytes_than_its_shape_needs_is_an_error()
    {
        ModelProto model = Model(Node("Relu", "x", "y"));
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = (int)DataType.Float, Dims = { 4 }, RawData = ByteString.CopyFrom(new byte[12]) });
        Assert.Contains("16 are needed", Refusal(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_is_an_error_that_names_a_node_on_it() =>
        Assert.Contains("cycle", Refusal(Model(Node("Add", "x", "a", "b"), Node("Relu", "a", "b"), Node("Relu", "a", "y")).ToByteArray()), StringComparison.Ordinal);

    [Fact]
    public void A_value_that_nothing_makes_is_an_error() =>
        Assert.Contains("'nowhere', which nothing makes", Refusal(Model(Node("Add", "x", "y", "nowhere")).ToByteArray()), StringComparison.Ordinal);

    [Fact]
    public void A_value_that_is_made_twice_is_an_error() =>
        Assert.Contains("made twice", Refusal(Model(Node("Relu", "x", "y"), Node("Tanh", "x", "y")).ToByteArray()), StringComparison.Ordinal);

    [Fact]
    public void Graphs_nested_in_attributes_by_the_thousand_are_an_error()
    {
        // Written from the inside out: the parser of the schema's own classes would give up on building this.
        byte[] graph = [];
        for (int depth = 0; depth < 10_000; depth++)
            graph = Field(1, Field(5, Field(6, graph)));
        Assert.Contains("no ONNX model", Refusal(Field(7, graph)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_beyond_the_end_of_the_file_is_an_error() =>
        Assert.Contains("no ONNX model", Refusal([0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]), StringComparison.Ordinal);

    [Theory]
    [InlineData("../../secret.bin", "outside the model's folder")]
    [InlineData("/etc/hostname", "outside the model's folder")]
    [InlineData("weights.bin", "no such file")]
    public void Data_outside_of_the_model_s_folder_is_not_read(string location, string reason)
    {
        ModelProto model = Model(Node("Relu", "x", "y"));
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "w",
            DataType = (int)DataType.Float,
            Dims = { 1 },
            DataLocation = DataLocation.External,
            ExternalData = { new StringStringEntryProto { Key = "location", Value = location } },
        });
        Assert.Contains(reason, Refusal(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1_000)]
    public void A_set_of_operators_that_was_not_looked_at_is_an_error(long opset)
    {
        ModelProto model = Model(Node("Relu", "x", "y"));
        model.OpsetImport[0].Version = opset;
        Assert.Contains($"version {opset}", Refusal(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_models_are_read_or_refused_and_nothing_else()
    {
        byte[][] sources = [.. Support.ModelCase.Small.Select(model => File.ReadAllBytes(model.Model)).Where(bytes => bytes.Length < 2_000)];
        Gen.Select(Gen.Int[0, sources.Length - 1], Gen.Int[0, 1_999], Gen.Byte, Gen.Bool).Sample((source, position, value, isCut) =>
        {
            byte[] bytes = [.. sources[source]];
            bytes[position % bytes.Length] = value;
            try
            {
                _ = Import(isCut ? bytes[..(position % bytes.Length)] : bytes);
            }
            catch (ImportException)
            {
                // A refusal is what most of them deserve.
            }
        });
    }

    private static string Refusal(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        ImportException exception = Assert.Throws<ImportException>(() => Import(bytes));
        Assert.True(Stopwatch.GetElapsedTime(start) < Longest, $"The refusal took {Stopwatch.GetElapsedTime(start)}.");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        return exception.Message;
    }

    private static Import Import(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        string folder = AppContext.BaseDirectory;
        return Tool.Importing.Import.Onnx(OnnxModel.Read(stream, folder), folder, "Hostile", "", "A test.");
    }

    /// <summary>A graph from x, 1 x 3 x 4 x 4, to y.</summary>
    private static ModelProto Model(params NodeProto[] nodes)
    {
        TensorShapeProto shape = new();
        foreach (int axis in (int[])[1, 3, 4, 4])
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = axis });
        ModelProto model = new()
        {
            OpsetImport = { new OperatorSetIdProto { Version = 13 } },
            Graph = new GraphProto
            {
                Name = "hostile",
                Input = { new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = shape } } } },
                Output = { new ValueInfoProto { Name = "y" } },
            },
        };
        model.Graph.Node.AddRange(nodes);
        return model;
    }

    private static NodeProto Node(string type, string input, string output, string? second = null)
    {
        NodeProto node = new() { OpType = type, Input = { input }, Output = { output } };
        if (second is not null)
            node.Input.Add(second);
        return node;
    }

    /// <summary>A field of protobuf with a message in it.</summary>
    private static byte[] Field(int number, byte[] content)
    {
        using MemoryStream stream = new();
        using CodedOutputStream output = new(stream);
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
        output.Flush();
        return stream.ToArray();
    }
}
