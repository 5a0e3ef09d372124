using Cnn.Generator.Model;
using Cnn.Generator.Shapes;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Shapes;

public sealed class ShapeInferenceTests
{
    /// <summary>Outputs of torch.nn.Conv1d, Conv2d, Conv3d, MaxPool and AvgPool.</summary>
    [Theory]
    [InlineData("Input(3, 32, 32)", "Conv(10, 5, Padding = 2)", "10x32x32")]
    [InlineData("Input(3, 7, 9)", "Conv(4, 3)", "4x5x7")]
    [InlineData("Input(3, 9, 11)", "Conv(5, 3, Stride = 2, Padding = 1)", "5x5x6")]
    [InlineData("Input(3, 224, 224)", "Conv(64, 7, Stride = 2, Padding = 3)", "64x112x112")]
    [InlineData("Input(2, 11, 10)", "Conv(3, 3, Dilation = 2, Padding = 2)", "3x11x10")]
    [InlineData("Input(2, 11, 10)", "Conv(3, 3, Dilations = [1, 4])", "3x9x2")]
    [InlineData("Input(4, 8, 10)", "Conv(5, 1, 7, Paddings = [0, 3])", "5x8x10")]
    [InlineData("Input(5, 8, 10)", "Conv(3, 5, 1, Strides = [2, 1])", "3x2x10")]
    [InlineData("Input(3, 6, 7)", "Conv(4, 4, Paddings = [1, 1, 2, 2])", "4x6x7")]
    [InlineData("Input(5, 1, 1)", "Conv(7, 3, Padding = 1)", "7x1x1")]
    [InlineData("Input(4, 19)", "Conv(3, 3, Stride = 2, Dilation = 2)", "3x8")]
    [InlineData("Input(4, 19)", "Conv(3, 3, Paddings = [2, 1])", "3x20")]
    [InlineData("Input(2, 5, 6, 7)", "Conv(3, 3, Stride = 2)", "3x2x2x3")]
    [InlineData("Input(2, 5, 6, 7)", "Conv(3, 1, 2, 3, Strides = [1, 2, 3])", "3x5x3x2")]
    [InlineData("Input(4, 9, 8)", "MaxPool(2)", "4x4x4")]
    [InlineData("Input(4, 9, 8)", "MaxPool(3, Stride = 2, Padding = 1)", "4x5x4")]
    [InlineData("Input(4, 8, 8)", "MaxPool(3, Stride = 2, CeilMode = true)", "4x4x4")]
    [InlineData("Input(4, 8, 8)", "MaxPool(3, Stride = 2)", "4x3x3")]
    [InlineData("Input(3, 9, 9)", "MaxPool(2, Stride = 1, Dilation = 2)", "3x7x7")]
    [InlineData("Input(4, 11)", "MaxPool(3, Stride = 2)", "4x5")]
    [InlineData("Input(4, 5, 6, 7)", "AvgPool(2)", "4x2x3x3")]
    [InlineData("Input(4, 5)", "AvgPool(2, Stride = 3, Padding = 1, CeilMode = true)", "4x2")]
    [InlineData("Input(4, 4)", "MaxPool(2, Stride = 3, Padding = 1, CeilMode = true)", "4x2")]
    [InlineData("Input(4, 1)", "MaxPool(1, Stride = 3, CeilMode = true)", "4x1")]
    [InlineData("Input(4, 3)", "MaxPool(1, Stride = 4, CeilMode = true)", "4x1")]
    [InlineData("Input(4, 2)", "MaxPool(3, Stride = 2, CeilMode = true)", "4x1")]
    [InlineData("Input(4, 5, 6)", "GlobalAvgPool", "4x1x1")]
    [InlineData("Input(4, 5, 6, 2)", "GlobalAvgPool", "4x1x1x1")]
    [InlineData("Input(4, 5, 6)", "Flatten", "120")]
    [InlineData("Input(7)", "Flatten", "7")]
    [InlineData("Input(7)", "Linear(3)", "3")]
    [InlineData("Input(7)", "BatchNorm", "7")]
    [InlineData("Input(7, 3)", "Softmax", "7x3")]
    [InlineData("Input(7, 3, 2)", "Dropout", "7x3x2")]
    [InlineData("Input(7, 3, 2)", "GELU(Tanh = true)", "7x3x2")]
    [InlineData("Input(7, 3, 2)", "Identity", "7x3x2")]
    public void The_output_has_PyTorchs_shape(string input, string layer, string output) =>
        Assert.Equal(output, Networks.Shape($"[{input}, {layer}]").Outputs[0].Shape.ToString());

    [Fact]
    public void A_window_has_one_number_per_axis()
    {
        WindowShape? window = Networks.Shape("[Input(3, 12, 14), Conv(4, 3, Strides = [2, 3], Paddings = [0, 1, 2, 3], Dilation = 2)]").Layers[^1].Window;
        Assert.Equal(
            new WindowShape { Kernel = [3, 3], Stride = [2, 3], PaddingBegin = [0, 1], PaddingEnd = [2, 3], Dilation = [2, 2] },
            window);
        WindowShape? pool = Networks.Shape("[Input(3, 12, 14), MaxPool(2, 3)]").Layers[^1].Window;
        Assert.Equal(
            new WindowShape { Kernel = [2, 3], Stride = [2, 3], PaddingBegin = [0, 0], PaddingEnd = [0, 0], Dilation = [1, 1] },
            pool);
    }

    [Fact]
    public void The_lectures_convolution_has_760_parameters_and_768000_multiply_adds()
    {
        ShapedLayer conv = Networks.Shape("[Input(3, 32, 32), Conv(10, 5, Padding = 2)]").Layers[^1];
        Assert.Equal(760, conv.ParameterCount);
        Assert.Equal(768_000, conv.MultiplyAdds);
    }

    [Fact]
    public void LeNets_table_is_the_lectures()
    {
        ShapedNetwork network = ShapeInference.Infer(Networks.Read(Networks.LeNet, "LeNet"), TestContext.Current.CancellationToken).Network!;
        Assert.Equal(
            ["1x28x28", "20x28x28", "20x28x28", "20x14x14", "50x14x14", "50x14x14", "50x7x7", "2450", "500", "500", "10"],
            network.Layers.Select(layer => layer.OutputShape.ToString()));
        Assert.Equal([0L, 520, 0, 0, 25_050, 0, 0, 0, 1_225_500, 0, 5_010], network.Layers.Select(layer => layer.ParameterCount));
        Assert.Equal([0L, 392_000, 0, 0, 4_900_000, 0, 0, 0, 1_225_000, 0, 5_000], network.Layers.Select(layer => layer.MultiplyAdds));
        Assert.Equal(
            ["1x1", "5x5", "5x5", "6x6", "14x14", "14x14", "16x16", "", "", "", ""],
            network.Layers.Select(layer => string.Join('x', layer.ReceptiveField)));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 3)]
    [InlineData(3, 5)]
    [InlineData(2, 7)]
    public void L_convolutions_of_kernel_K_see_1_plus_L_times_K_minus_1(int count, int kernel)
    {
        string layers = string.Concat(Enumerable.Repeat($", Conv(2, {kernel}, Padding = {kernel / 2})", count));
        int field = 1 + (count * (kernel - 1));
        Assert.Equal([field, field], Networks.Shape($"[Input(1, 9, 9){layers}]").Layers[^1].ReceptiveField);
    }

    [Fact]
    public void Receptive_fields_grow_with_dilation_and_the_strides_before()
    {
        ShapedNetwork network = Networks.Shape(
            "[Input(1, 64), Conv(2, 3, Stride = 2), Conv(2, 3, Dilation = 2), MaxPool(2), Conv(2, 1, From = \"conv1\"), GlobalAvgPool]");
        Assert.Equal([1, 3, 11, 13, 3, 63], network.Layers.Select(layer => layer.ReceptiveField[0]));
    }

    [Fact]
    public void Grouped_convolutions_share_out_the_input_channels()
    {
        ShapedLayer conv = Networks.Shape("[Input(6, 8, 8), Conv(12, 5, Groups = 6, Padding = 2, Bias = false)]").Layers[^1];
        ParameterShape weight = Assert.Single(conv.Parameters);
        Assert.Equal(
            new ParameterShape { Name = "conv1.weight", Shape = [12, 1, 5, 5], Initialization = Initialization.UniformFanIn, FanIn = 25 },
            weight);
        Assert.Equal(12 * 64 * 25, conv.MultiplyAdds);
    }

    [Fact]
    public void Parameters_have_PyTorchs_names_shapes_and_order()
    {
        ShapedNetwork network = Networks.Shape("[Input(3, 8, 8), Conv(4, 3, 2), BatchNorm, BatchNorm(Affine = false), Flatten, Linear(5, Name = \"head\")]");
        Assert.Equal(
            [
                "conv1.weight [4,3,3,2] UniformFanIn 18", "conv1.bias [4] UniformFanIn 18",
                "batchnorm1.weight [4] One 0", "batchnorm1.bias [4] Zero 0", "batchnorm1.running_mean [4] Zero 0", "batchnorm1.running_var [4] One 0",
                "batchnorm2.running_mean [4] Zero 0", "batchnorm2.running_var [4] One 0",
                "head.weight [5,168] UniformFanIn 168", "head.bias [5] UniformFanIn 168",
            ],
            network.Layers.SelectMany(layer => layer.Parameters).Select(parameter =>
                $"{parameter.Name} [{string.Join(',', parameter.Shape)}] {parameter.Initialization} {parameter.FanIn}"));
        Assert.Equal(8, network.Layers[2].ParameterCount);
        Assert.Equal(0, network.Layers[3].ParameterCount);
    }

    [Fact]
    public void Only_what_is_learned_is_trainable()
    {
        ShapedNetwork network = Networks.Shape("[Input(3, 8, 8), Conv(4, 3, Frozen = true), BatchNorm]");
        Assert.Equal(
            ["batchnorm1.weight", "batchnorm1.bias"],
            network.Layers.SelectMany(layer => layer.Parameters).Where(parameter => parameter.IsTrainable).Select(parameter => parameter.Name));
        Assert.Equal(0, network.Layers[1].ParameterCount);
    }

    [Fact]
    public void From_takes_a_named_layers_output()
    {
        ShapedNetwork network = Networks.Shape(
            "[Input(3, 8, 8), Conv(4, 3, Name = \"stem\"), MaxPool(2), Conv(5, 1, From = \"stem\"), ReLU(From = \"input1\")]");
        Assert.Equal([0], network.Layers[1].Inputs);
        Assert.Equal([1], network.Layers[3].Inputs);
        Assert.Equal("4x6x6", network.Layers[3].InputShape.ToString());
        Assert.Equal("3x8x8", network.Outputs[0].Shape.ToString());
        Assert.Empty(network.Layers[0].Inputs);
    }

    [Fact]
    public void There_is_a_network_exactly_when_there_is_no_error()
    {
        Assert.NotNull(Networks.Infer("[Input(4), Linear(2)]").Network);
        ShapeResult faulty = Networks.Infer("[Input(4), Linear(0)]");
        Assert.Null(faulty.Network);
        Assert.Equal("Net", faulty.Spec.Type.Name);
        Assert.Equal(
            "outFeatures of linear1 is 0, but must be at least 1, because a layer has at least one output",
            FaultCatalog.Message(Assert.Single(faulty.Faults)));
    }

    [Fact]
    public void Nothing_follows_from_a_fault_but_branches_that_do_not_see_it_are_checked()
    {
        ShapeResult result = Networks.Infer("[Input(1, 8, 8), Conv(4, 9), MaxPool(9), Linear(3), MaxPool(20, From = \"input1\"), ReLU(From = \"maxpool1\")]");
        Assert.Equal([("CNN1003", 1), ("CNN1003", 4)], result.Faults.Select(fault => (fault.Id, fault.Layer)));
    }
}
