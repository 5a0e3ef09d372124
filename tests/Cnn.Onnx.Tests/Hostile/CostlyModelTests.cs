using Cnn.Onnx.Tests.Support;
using Google.Protobuf;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Onnx.Tests.Hostile;

/// <summary>Small files that would take much time or memory: many nodes that share what is large.</summary>
[Collection(TimedTests.Name)]
public sealed class CostlyModelTests
{
    private const int Many = 10_000;

    [Fact]
    public void Nodes_that_move_one_constant_again_and_again_are_an_error()
    {
        ModelProto model = Model(
            [.. Enumerable.Range(0, Many).Select(index => Node("Transpose", [$"w{index}"], $"w{index + 1}")), Node("Mul", ["x", $"w{Many}"], "y")]);
        model.Graph.Initializer.Add(Floats("w0", [1024, 1024], new float[1 << 20]));
        Assert.Contains("compute with constants", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_that_spread_one_number_again_and_again_are_an_error()
    {
        ModelProto model = Model([
            Node("ConstantOfShape", ["shape"], "c0"),
            .. Enumerable.Range(0, Many).Select(index => Node("Add", [$"c{index}", "c0"], $"c{index + 1}")), Node("Mul", ["x", $"c{Many}"], "y")]);
        model.Graph.Initializer.Add(Longs("shape", 1 << 22));
        Assert.Contains("compute with constants", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Shuffles_of_more_channels_than_a_convolution_should_have_are_an_error()
    {
        const int Channels = 4096;
        NodeProto[] nodes = [.. Enumerable.Range(0, Many).Select(index => Node("Gather", [$"x{index}", "indices"], $"x{index + 1}", Integer("axis", 1)))];
        nodes[0].Input[0] = "x";
        nodes[^1].Output[0] = "y";
        ModelProto model = Model(13, [1, Channels, 1, 1], nodes);
        model.Graph.Initializer.Add(Longs("indices", [.. Enumerable.Range(0, Channels).Select(index => (long)index * index % Channels)]));
        Assert.Contains("compute with constants", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_one_number_that_would_fill_the_memory_are_an_error()
    {
        ModelProto model = Model([
            Node("ConstantOfShape", ["shape"], "w"),
            .. Enumerable.Range(0, 50).Select(index => Node("Conv", [index == 0 ? "x" : $"y{index}", "w"], index == 49 ? "y" : $"y{index + 1}"))]);
        model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue = 1 << 12;
        model.Graph.Initializer.Add(Longs("shape", 1 << 12, 1 << 12, 1, 1));
        Assert.Contains("parameters", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Features_that_are_negated_again_and_again_are_imported_soon()
    {
        byte[] chain = Chain(index => Node(index % 2 == 0 ? "Neg" : "Relu", [$"x{index}"], $"x{index + 1}")).ToByteArray();
        Assert.Contains("[Scale, ReLU, Scale, ReLU", Import(chain).Source, StringComparison.Ordinal);
        Refusal.IsSoon(() => Import(chain));
    }

    [Fact]
    public void Axes_that_are_moved_again_and_again_are_one_move()
    {
        byte[] chain = Chain(index => Node("Transpose", [$"x{index}"], $"x{index + 1}", Integers("perm", 0, 2, 3, 1))).ToByteArray();
        Refusal.IsSoon(() => Import(chain));
        Assert.Contains("[Output(Layout = DataLayout.ChannelsLast)]", Import(chain).Source, StringComparison.Ordinal);
    }

    [Fact]
    public void More_nodes_than_any_network_has_are_an_error()
    {
        NodeProto[] nodes = [.. Enumerable.Range(0, 20_001).Select(index => Node("Relu", ["x"], $"y{index}"))];
        Assert.Contains("nodes; at most", Refused(Model(nodes)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_as_long_as_is_read_is_imported_soon()
    {
        byte[] chain = Chain(index => Node("Relu", [$"x{index}"], $"x{index + 1}")).ToByteArray();
        Assert.Contains("[ReLU, ReLU, ReLU", Import(chain).Source, StringComparison.Ordinal);
        Refusal.IsSoon(() => Import(chain));
    }

    [Fact]
    public void A_chain_of_factors_is_folded_into_a_weight_soon()
    {
        ModelProto model = Chain(index => index == 0 ? Node("Conv", ["x0", "w"], "x1") : Node("Mul", [$"x{index}", "factor"], $"x{index + 1}"));
        model.Graph.Initializer.Add([Floats("w", [256, 3, 4, 4], [.. Enumerable.Repeat(1f, 256 * 48)]), Floats("factor", [], 1.0001f)]);
        byte[] chain = model.ToByteArray();
        Assert.Contains("[Conv(256, 4, Bias = false)]", Import(chain).Source, StringComparison.Ordinal);
        Refusal.IsSoon(() => Import(chain));
    }

    private static ModelProto Chain(Func<int, NodeProto> make)
    {
        NodeProto[] nodes = [.. Enumerable.Range(0, Many).Select(make)];
        nodes[0].Input[0] = "x";
        nodes[^1].Output[0] = "y";
        return Model(nodes);
    }

    private static string Refused(ModelProto model)
    {
        byte[] bytes = model.ToByteArray();
        return Refusal.Of(() => Import(bytes), bytes.Length);
    }
}
