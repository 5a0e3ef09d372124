using Cnn.Onnx.Tests.Support;
using Google.Protobuf;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;
using static Onnx.TensorProto.Types;

namespace Cnn.Onnx.Tests.Hostile;

/// <summary>ONNX files that were made to do harm, or damaged: one clear error, soon and in little memory.</summary>
[Collection(TimedTests.Name)]
public sealed class HostileModelTests
{
    [Fact]
    public void A_dimension_below_zero_is_an_error()
    {
        ModelProto model = Model(Node("Relu", ["x"], "y"));
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = (int)DataType.Float, Dims = { 3, -1 } });
        Assert.Contains("no axis can be negative", Refused(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 60, 1L)]
    [InlineData(1L << 32, 1L << 32)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void A_constant_that_claims_more_elements_than_memory_holds_is_an_error(long rows, long columns)
    {
        ModelProto model = Model(Node("Relu", ["x"], "y"));
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = (int)DataType.Float, Dims = { rows, columns } });
        Assert.Contains("elements are not read", Refused(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_that_claims_more_elements_than_memory_holds_is_an_error()
    {
        ModelProto model = Model(Node("ConstantOfShape", ["shape"], "c"), Node("Add", ["x", "c"], "y"));
        model.Graph.Initializer.Add(new TensorProto { Name = "shape", DataType = (int)DataType.Int64, Dims = { 2 }, Int64Data = { 1L << 30, 1L << 30 } });
        Assert.Contains("'c'", Refused(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 60)]
    [InlineData(-4L)]
    public void An_input_that_no_memory_holds_is_an_error(long height)
    {
        ModelProto model = Model(Node("Relu", ["x"], "y"));
        model.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimValue = height;
        Assert.NotEmpty(Refused(model.ToByteArray()));
    }

    [Fact]
    public void A_constant_with_fewer_bytes_than_its_shape_needs_is_an_error()
    {
        ModelProto model = Model(Node("Relu", ["x"], "y"));
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = (int)DataType.Float, Dims = { 4 }, RawData = ByteString.CopyFrom(new byte[12]) });
        Assert.Contains("16 are needed", Refused(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_is_an_error_that_names_a_node_on_it() =>
        Assert.Contains("cycle",
            Refused(Model(Node("Add", ["x", "b"], "a"), Node("Relu", ["a"], "b"), Node("Relu", ["a"], "y")).ToByteArray()), StringComparison.Ordinal);

    [Fact]
    public void A_value_that_nothing_makes_is_an_error() =>
        Assert.Contains("'nowhere', which nothing makes", Refused(Model(Node("Add", ["x", "nowhere"], "y")).ToByteArray()), StringComparison.Ordinal);

    [Fact]
    public void A_value_that_is_made_twice_is_an_error() =>
        Assert.Contains("made twice", Refused(Model(Node("Relu", ["x"], "y"), Node("Tanh", ["x"], "y")).ToByteArray()), StringComparison.Ordinal);

    [Fact]
    public void Two_constants_of_one_name_are_an_error()
    {
        ModelProto model = Model(Node("Relu", ["x"], "y"));
        model.Graph.Initializer.Add(Floats("w", [1], 1));
        model.Graph.Initializer.Add(Floats("w", [1], 2));
        Assert.Contains("two constants called 'w'", Refused(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_an_error() => Assert.Contains("no ONNX model", Refused([]), StringComparison.Ordinal);

    [Fact]
    public void A_model_that_is_cut_anywhere_is_read_or_refused_and_nothing_else()
    {
        const int Parts = 50;
        byte[] whole = File.ReadAllBytes(ModelCase.Light.Single(model => model.Name == "light/squeezenet").Model);
        for (int part = 0; part < Parts; part++)
            Assert.NotEmpty(Refused(whole[..(int)((long)whole.Length * part / Parts)]));
    }

    [Fact]
    public void Names_and_problems_without_end_make_no_message_without_end()
    {
        string name = new('n', 1_000_000);
        Assert.Contains("nnn...", Refused(Model(Node(name, ["x"], "y")).ToByteArray()), StringComparison.Ordinal);
        NodeProto sum = Node("Sum", [.. Enumerable.Range(0, 5_000).Select(index => $"y{index}")], "y");
        IEnumerable<NodeProto> nodes = Enumerable.Range(0, 5_000).Select(index => Node($"Unknown{name[..(index % 500)]}", ["x"], $"y{index}"));
        Assert.Contains("more", Refused(Model([.. nodes, sum]).ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Graphs_nested_in_attributes_by_the_thousand_are_an_error()
    {
        // Written from the inside out: the parser of the schema's own classes would give up on building this.
        byte[] graph = [];
        for (int depth = 0; depth < 10_000; depth++)
            graph = Field(1, Field(5, Field(6, graph)));
        Assert.Contains("no ONNX model", Refused(Field(7, graph)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_beyond_the_end_of_the_file_is_an_error() =>
        Assert.Contains("no ONNX model", Refused([0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]), StringComparison.Ordinal);

    [Theory]
    [InlineData("../../secret.bin", "outside the model's folder")]
    [InlineData("/etc/hostname", "outside the model's folder")]
    [InlineData("weights.bin", "no such file")]
    public void Data_outside_of_the_model_s_folder_is_not_read(string location, string reason)
    {
        ModelProto model = Model(Node("Relu", ["x"], "y"));
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "w",
            DataType = (int)DataType.Float,
            Dims = { 1 },
            DataLocation = DataLocation.External,
            ExternalData = { new StringStringEntryProto { Key = "location", Value = location } },
        });
        Assert.Contains(reason, Refused(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_beside_the_model_is_not_followed()
    {
        string folder = Directory.CreateTempSubdirectory("cnn-link-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "secret.bin"), new byte[4]);
            Directory.CreateDirectory(Path.Combine(folder, "model"));
            File.CreateSymbolicLink(Path.Combine(folder, "model", "weights.bin"), Path.Combine(folder, "secret.bin"));
            TensorProto proto = new()
            {
                Name = "w",
                DataType = (int)DataType.Float,
                Dims = { 1 },
                DataLocation = DataLocation.External,
                ExternalData = { new StringStringEntryProto { Key = "location", Value = "weights.bin" } },
            };
            string message = Refusal.Of(() => Tool.Importing.Onnx.OnnxTensors.Read(proto, Path.Combine(folder, "model")), 0);
            Assert.Contains("which is a link", message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1_000)]
    public void A_set_of_operators_that_was_not_looked_at_is_an_error(long opset)
    {
        ModelProto model = Model(Node("Relu", ["x"], "y"));
        model.OpsetImport[0].Version = opset;
        Assert.Contains($"version {opset}", Refused(model.ToByteArray()), StringComparison.Ordinal);
    }

    private static string Refused(byte[] bytes) => Refusal.Of(() => Models.Import(bytes), bytes.Length);

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
