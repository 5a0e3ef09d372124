using Cnn.Onnx.Tests.Support;
using Cnn.Tool.Importing;
using Cnn.Tool.Importing.Onnx;
using Google.Protobuf;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Onnx.Tests.Importing;

/// <summary>What a user says beside the file: shapes of open axes, and where the import ends.</summary>
public sealed class ImportOptionsTests
{
    [Fact]
    public void Open_axes_are_told_with_an_example_that_can_be_given_back()
    {
        string message = Assert.Throws<ImportException>(() => Import(Open(), [], [])).Message;
        Assert.Contains("[N, 3, height, width]: give them, as --shape x=1,3,320,320", message, StringComparison.Ordinal);
        Assert.Equal([3, 6, 8], Assert.Single(Import(Open(), ["x=1,3,6,8"], []).InputShapes));
        Assert.Equal([3, 6, 8], Assert.Single(Import(Open(), ["1,3,6,8"], []).InputShapes));
    }

    [Theory]
    [InlineData("x=1,3,0,8", "is no shape")]
    [InlineData("x=1,3,a,8", "is no shape")]
    [InlineData("x=1,4,6,8", "cannot have the shape [1, 4, 6, 8]; the model says [0, 3, 0, 0]")]
    [InlineData("x=3,6,8", "cannot have the shape")]
    [InlineData("images=1,3,6,8", "the input 'images', and the model has 'x'")]
    public void A_shape_that_does_not_fit_is_told(string shape, string reason) =>
        Assert.Contains(reason, Assert.Throws<ImportException>(() => Import(Open(), [shape], [])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_same_input_twice_is_told() =>
        Assert.Contains("second shape", Assert.Throws<ImportException>(() => ImportOptions.ParseShapes(["1,3", "1,4"])).Message, StringComparison.Ordinal);

    [Fact]
    public void An_import_ends_at_named_tensors_without_what_only_the_rest_reads()
    {
        ModelProto model = Model(
            Node("Relu", ["x"], "a"), Node("Sigmoid", ["a"], "b"), Node("NonMaxSuppression", ["b", "limit"], "y"), Node("Neg", ["a"], "c"));
        model.Graph.Input.Add(new ValueInfoProto { Name = "limit", Type = model.Graph.Input[0].Type });
        Import import = Import(model.ToByteArray(), [], ["b", "a"]);
        Assert.Equal([[3, 4, 4], [3, 4, 4]], import.OutputShapes);
        Assert.Single(import.InputShapes);
        Assert.Contains("Output(\"b\"", import.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_that_is_nowhere_is_told_with_what_is_called_like_it()
    {
        byte[] model = Model(Node("Relu", ["x"], "head/scores"), Node("Relu", ["head/scores"], "y")).ToByteArray();
        string message = Assert.Throws<ImportException>(() => Import(model, [], ["scores"])).Message;
        Assert.Contains("Nothing in the model is called 'scores'", message, StringComparison.Ordinal);
        Assert.Contains("There are 'head/scores'", message, StringComparison.Ordinal);
    }

    /// <summary>IR version, operators, and the version for which they are taken.</summary>
    public static TheoryData<long, byte[], int> Unsaid { get; } = new()
    {
        { 1, Bytes(Node("Relu", ["x"], "y")), 6 },
        { 3, Bytes(Node("Relu", ["x"], "y")), 8 },
        { 7, Bytes(Node("Relu", ["x"], "y")), 14 },
        { 40, Bytes(Node("Relu", ["x"], "y")), 24 },
        { 7, Bytes(Node("Clip", ["x"], "y", Real("max", 1))), 10 },
        { 7, Bytes(Node("Squeeze", ["x"], "y", Integers("axes", 2))), 12 },
        { 7, Bytes(Node("Upsample", ["x"], "y", Integers("scales", 2))), 9 },
    };

    [Theory]
    [MemberData(nameof(Unsaid))]
    public void A_model_that_does_not_say_its_version_has_the_newest_that_fits(long format, byte[] node, int version)
    {
        ModelProto model = Model(NodeProto.Parser.ParseFrom(node));
        model.IrVersion = format;
        model.OpsetImport.Clear();
        Assert.Equal(version, OperatorSets.Of(model));
    }

    [Theory]
    [InlineData("Float16")]
    [InlineData("Double")]
    public void Inputs_and_weights_of_another_width_are_taken_as_floats(string name)
    {
        TensorProto.Types.DataType type = Enum.Parse<TensorProto.Types.DataType>(name);
        ModelProto model = Model(Node("Mul", ["x", "c"], "m"), Node("Cast", ["m"], "y", Integer("to", (int)type)));
        model.Graph.Input[0].Type.TensorType.ElemType = (int)type;
        TensorProto constant = new() { Name = "c", DataType = (int)type, Dims = { 3, 1, 1 } };
        if (type == TensorProto.Types.DataType.Double)
            constant.DoubleData.AddRange([1, 2, -3]);
        else
            constant.Int32Data.AddRange([.. ((Half[])[(Half)1, (Half)2, (Half)(-3)]).Select(static value => (int)BitConverter.HalfToUInt16Bits(value))]);
        model.Graph.Initializer.Add(constant);
        Import import = Models.Import(model.ToByteArray());
        Assert.Equal([1, 2, -3], import.Weights.Reals("scale1.weight", [3]));
    }

    private static byte[] Bytes(NodeProto node) => node.ToByteArray();

    private static Import Import(byte[] model, string[] shapes, string[] outputs)
    {
        using MemoryStream stream = new(model);
        ImportOptions options = new() { Shapes = ImportOptions.ParseShapes(shapes), Outputs = outputs };
        return Tool.Importing.Import.Onnx(OnnxModel.Read(stream, null), null, "Imported", "", "A test.", options);
    }

    private static byte[] Open()
    {
        ModelProto model = Model(Node("Relu", ["x"], "y"));
        foreach ((int axis, string name) in ((int, string)[])[(0, "N"), (2, "height"), (3, "width")])
            model.Graph.Input[0].Type.TensorType.Shape.Dim[axis] = new TensorShapeProto.Types.Dimension { DimParam = name };
        return model.ToByteArray();
    }
}
