using Cnn.Generator.Model;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Shapes;

/// <summary>Shapes, parameters and receptive fields of layers that change the axes, and of norms over one image.</summary>
public sealed class ResizingShapeTests
{
    [Theory]
    [InlineData("Input(4, 5, 6), ConvTranspose(6, 3, Stride = 2, Padding = 1, OutputPadding = 1)", "6x10x12")]
    [InlineData("Input(4, 5, 6), ConvTranspose(6, 2, 3, Strides = [1, 3], Dilations = [3, 2], Paddings = [1, 0, 0, 2], OutputPaddings = [2, 1])", "6x9x19")]
    [InlineData("Input(4, 8), ConvTranspose(4, 4, Stride = 3)", "4x25")]
    [InlineData("Input(2, 1, 2, 3), ConvTranspose(3, 2, Stride = 2)", "3x2x4x6")]
    [InlineData("Input(3, 7, 10), AdaptiveAvgPool(3)", "3x3x3")]
    [InlineData("Input(3, 7, 10), AdaptiveAvgPool(1, 12)", "3x1x12")]
    [InlineData("Input(3, 7, 10), Pad(2)", "3x11x14")]
    [InlineData("Input(3, 7, 10), Pad(1, 2, 3, 4)", "3x11x16")]
    [InlineData("Input(3, 7), Pad(1, 2, Mode = PadMode.Reflect)", "3x10")]
    [InlineData("Input(3, 7, 10), Upsample(3)", "3x21x30")]
    [InlineData("Input(3, 2, 3, 4), Upsample(2)", "3x4x6x8")]
    [InlineData("Input(3, 2, 3, 4), GlobalMaxPool", "3x1x1x1")]
    [InlineData("Input(3, 7, 10), Upsample(Size = [3, 25], Mode = UpsampleMode.Cubic)", "3x3x25")]
    [InlineData("Input(3, 7, 10), Upsample(Scales = [0.5, 1.75], Mode = UpsampleMode.Linear)", "3x3x17")]
    [InlineData("Input(3, 7, 10), ReduceMean(2)", "3x1x10")]
    [InlineData("Input(3, 7, 10), ReduceMean(-3, 3, KeepAxes = false)", "7")]
    [InlineData("Input(3, 7, 10), ReduceMax(1, KeepAxes = false)", "7x10")]
    [InlineData("Input(3, 7, 10), ReduceSum(1, 2, 3, KeepAxes = false)", "1")]
    [InlineData(
        "Input(4, 3), LayerNorm, InstanceNorm, GroupNorm(2), LocalResponseNorm(3), PReLU, Normalize(Mean = [0, 0, 0, 0], Deviation = [1, 1, 1, 1])", "4x3")]
    public void A_layer_has_PyTorchs_shape(string layers, string shape) => Assert.Equal(shape, Networks.Shape($"[{layers}]").Outputs[0].Shape.ToString());

    [Fact]
    public void Parameters_have_PyTorchs_shapes_and_starts()
    {
        ShapedNetwork network = Networks.Shape(
            "[Input(4, 5, 6), ConvTranspose(6, 3, 2, Groups = 2), LayerNorm, InstanceNorm, InstanceNorm(Affine = true), "
            + "GroupNorm(3), PReLU, PReLU(PerChannel = true)]");
        Assert.Equal(
            [
                "convtranspose1.weight [4,3,3,2] UniformFanIn 18", "convtranspose1.bias [6] UniformFanIn 18",
                "layernorm1.weight [6,7,7] One 0", "layernorm1.bias [6,7,7] Zero 0",
                "instancenorm2.weight [6] One 0", "instancenorm2.bias [6] Zero 0",
                "groupnorm1.weight [6] One 0", "groupnorm1.bias [6] Zero 0",
                "prelu1.weight [1] Quarter 0", "prelu2.weight [6] Quarter 0",
            ],
            network.Layers.SelectMany(layer => layer.Parameters).Select(parameter =>
                $"{parameter.Name} [{string.Join(',', parameter.Shape)}] {parameter.Initialization} {parameter.FanIn}"));

        // Each of 4 x 30 inputs meets 3 outputs of its group under 6 taps.
        Assert.Equal(4 * 30 * 3 * 6, network.Layers[1].MultiplyAdds);
    }

    [Theory]
    [InlineData("Upsample(2), Conv(1, 3)", 2)]
    [InlineData("MaxPool(2), Upsample(2), Conv(1, 3)", 4)]
    [InlineData("MaxPool(2), Upsample(2), Conv(1, 2)", 4)]
    [InlineData("Upsample(2, Mode = UpsampleMode.Bilinear)", 2)]
    [InlineData("Upsample(1, Mode = UpsampleMode.Bilinear)", 1)]
    [InlineData("ConvTranspose(1, 4, Stride = 2)", 2)]
    [InlineData("ConvTranspose(1, 2, Stride = 2), Conv(1, 3)", 2)]
    [InlineData("ConvTranspose(1, 3)", 3)]
    [InlineData("Conv(1, 3), AdaptiveAvgPool(5)", 6)]
    [InlineData("AdaptiveAvgPool(8), Conv(1, 2)", 4)]
    [InlineData("Pad(3), Conv(1, 5), LayerNorm, PReLU", 5)]
    [InlineData("GlobalMaxPool", 16)]
    [InlineData("ReduceMax(2, 3), Conv(1, 1)", 16)]
    [InlineData("Conv(1, 3), Upsample(Size = [7])", 3)]
    [InlineData("Conv(1, 3), Upsample(Size = [7], Mode = UpsampleMode.Linear)", 4)]
    public void The_receptive_field_counts_what_an_output_depends_on(string layers, int field) =>
        Assert.Equal([field, field], Networks.Shape($"[Input(1, 16, 16), {layers}]").Layers[^1].ReceptiveField);
}
