using Cnn.Onnx.Tests.Support;
using Cnn.Tool.Importing;
using Google.Protobuf;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Onnx.Tests.Importing;

/// <summary>Models that leave the number of images open, of 2 x 2 x 2 each: they are one network for any number, or refused.</summary>
public sealed class OpenBatchTests
{
    public static TheoryData<string, byte[]> Mixing { get; } = new()
    {
        {
            "the Flatten that makes 'a'",
            Open([Node("Flatten", ["x"], "a", Integer("axis", 0)), Node("LayerNormalization", ["a", "c0"], "y")], Floats("c0", [1], 1))
        },
        { "the Reshape that makes 'a'", Open([Node("Reshape", ["x", "c0"], "a"), Node("Softmax", ["a"], "y", Integer("axis", 1))], Longs("c0", 1, -1)) },
        { "the ReduceMean that makes 'y'", Open([Node("ReduceMean", ["x"], "y", Integers("axes", 0))]) },
        {
            "the Squeeze that makes 's'",
            Open(
                [
                    Node("ReduceMean", ["x"], "a", Integers("axes", 2, 3)), Node("Reshape", ["a", "c0"], "r"),
                    Node("Squeeze", ["r", "c1"], "s"), Node("Relu", ["s"], "y"),
                ],
                Longs("c0", 0, 1, 2), Longs("c1", 0))
        },
        {
            "what it computes of an image depends on how many there are",
            Open(
                [
                    Node("Shape", ["x"], "shape"), Node("Gather", ["shape", "c0"], "batch", Integer("axis", 0)),
                    Node("Cast", ["batch"], "number", Integer("to", 1)), Node("Mul", ["x", "number"], "y"),
                ],
                Longs("c0", 0))
        },
    };

    /// <summary>The batch is moved, but the images stay by themselves, one after the other in what comes out.</summary>
    public static TheoryData<string, byte[]> Apart { get; } = new()
    {
        { "an axis before the batch", Open([Node("Flatten", ["x"], "f"), Node("Unsqueeze", ["f", "c0"], "a"), Node("Relu", ["a"], "y")], Longs("c0", 0)) },
        {
            "the batch behind an axis of length 1",
            Open(
                [
                    Node("GlobalMaxPool", ["x"], "p"), Node("Reshape", ["p", "c0"], "r"),
                    Node("Transpose", ["r"], "a", Integers("perm", 1, 0, 2)), Node("Relu", ["a"], "y"),
                ],
                Longs("c0", -1, 1, 2))
        },
        {
            "channels folded into the batch and out of it again",
            Open(
                [
                    Node("Reshape", ["x", "c0"], "r"), Node("Transpose", ["r"], "t", Integers("perm", 1, 0, 2)), Node("Reshape", ["t", "c1"], "s"),
                    Node("Gather", ["s", "c2"], "y", Integer("axis", 0)),
                ],
                Longs("c0", -1, 2, 4), Longs("c1", 2, -1, 1, 2, 2),
                    new TensorProto { Name = "c2", DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { 1 } })
        },
    };

    [Theory]
    [MemberData(nameof(Apart))]
    public void A_batch_that_is_moved_but_stays_apart_is_taken(string form, byte[] model) => Assert.True(Import(model).OutputShapes.Count == 1, form);

    [Theory]
    [MemberData(nameof(Mixing))]
    public void What_joins_the_images_of_an_open_batch_is_refused_by_node_with_the_remedy(string node, byte[] model)
    {
        string message = Assert.Throws<ImportException>(() => Import(model)).Message;
        Assert.Contains(node, message, StringComparison.Ordinal);
        Assert.Contains("give the batch axis of its input the length 1", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Mixing))]
    public void The_same_is_taken_where_the_batch_is_one_image(string node, byte[] model)
    {
        ModelProto fixedToOne = ModelProto.Parser.ParseFrom(model);
        fixedToOne.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 1;
        Assert.True(Import(fixedToOne.ToByteArray()).InputShapes.Count > 0, node);
    }

    [Fact]
    public void A_batch_that_stays_by_itself_is_taken()
    {
        byte[] model = Open(
            [
                Node("Shape", ["x"], "shape"), Node("Gather", ["shape", "zero"], "batch", Integer("axis", 0)),
                Node("Concat", ["batch", "rest"], "target", Integer("axis", 0)), Node("ConstantOfShape", ["shape"], "zeros"),
                Node("Add", ["x", "zeros"], "sum"),
                Node("Reshape", ["sum", "target"], "flat"), Node("Unsqueeze", ["flat", "axes"], "lifted"),
                Node("Squeeze", ["lifted", "axes"], "dropped"), Node("Softmax", ["dropped"], "y", Integer("axis", 1)),
            ],
            Longs("zero", 0), Longs("rest", -1), Longs("axes", 2));
        Assert.Equal([8], Assert.Single(Import(model).OutputShapes));
    }

    private static byte[] Open(NodeProto[] nodes, params TensorProto[] constants)
    {
        ModelProto model = Model(17, [1, 2, 2, 2], nodes);
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimParam = "N" };
        model.Graph.Initializer.Add(constants);
        return model.ToByteArray();
    }
}
