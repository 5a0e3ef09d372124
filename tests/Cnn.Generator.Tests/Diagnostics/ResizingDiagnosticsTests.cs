using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>What can be wrong with layers that change the axes.</summary>
public sealed class ResizingDiagnosticsTests
{
    [Theory]
    [InlineData("ConvTranspose({|CNN0014:0|}, 3)",
        "outChannels of convtranspose1 is 0, but must be at least 1, because a layer has at least one output channel")]
    [InlineData("ConvTranspose(4, 3, {|CNN0014:OutputPadding = -1|})",
        "OutputPadding of convtranspose1 is -1, but must be at least 0, because it only adds elements")]
    [InlineData("ConvTranspose(4, 3, Stride = 2, {|CNN0014:OutputPadding = 2|})",
        "OutputPadding of convtranspose1 is 2, but must be less than 2, because the larger of stride and dilation is where no input reaches any more")]
    [InlineData("ConvTranspose(4, 3, Stride = 2, OutputPaddings = [1, {|CNN0014:3|}])",
        "OutputPaddings[1] of convtranspose1 is 3, but must be less than 2, because the larger of stride and dilation is where no input reaches any more")]
    [InlineData("ConvTranspose(4, 3, {|CNN1002:OutputPaddings = [0]|})",
        "OutputPaddings of convtranspose1 has 1 number, but needs 2, because its input 4x12x12 has 2 axes after the channels")]
    [InlineData("ConvTranspose(4, 3, {|CNN1005:Groups = 3|})",
        "Groups of convtranspose1 is 3, which does not divide its 4 input channels, but must divide input and output channels, "
        + "because each group takes an equal share; the nearest number that divides both is 2")]
    [InlineData("AdaptiveAvgPool({|CNN0014:0|})", "size of adaptiveavgpool1 is 0, but must be at least 1, because a tensor has no empty axis")]
    [InlineData("AdaptiveAvgPool({|CNN1002:2, 2, 2|})",
        "size of adaptiveavgpool1 has 3 numbers, but needs 1 or 2, because its input 4x12x12 has 2 axes after the channels")]
    [InlineData("Pad({|CNN0014:-1|})", "paddings of pad1 is -1, but must be at least 0, because padding only adds elements")]
    [InlineData("Pad({|CNN1002:1, 2|})",
        "paddings of pad1 has 2 numbers, but needs 1, or 4 with all begins before all ends, because its input 4x12x12 has 2 axes after the channels")]
    [InlineData("Pad(1, {|CNN0014:Mode = (PadMode)7|})", "Mode of pad1 is 7, but must be a member of PadMode, because there is no other mode")]
    [InlineData("Pad(1, {|CNN0014:Value = double.NaN|})",
        "Value of pad1 is NaN, but must be a finite float, because it would spread to everything behind it")]
    [InlineData("Upsample({|CNN0014:0|})", "scale of upsample1 is 0, but must be at least 1, because a map is enlarged or left as it is")]
    [InlineData("Upsample(Size = [{|CNN0014:0|}, 4])",
        "Size[0] of upsample1 is 0, but must be at least 1, because an axis without elements would leave nothing")]
    [InlineData("Upsample(2, {|CNN0014:Size = [4, 4]|})",
        "Size of upsample1 is given, but must be left out, or the factors be, because both say how long the output is")]
    [InlineData("Upsample(Scales = [{|CNN0014:-0.5|}])",
        "Scales of upsample1 is -0.5, but must be a finite float above 0, because lengths are multiplied by it")]
    [InlineData("Upsample(2, Mode = UpsampleMode.Linear, AlignCorners = true, {|CNN0014:Coordinates = UpsampleCoordinates.HalfPixel|})",
        "Coordinates of upsample1 is HalfPixel, but must be left out, because AlignCorners says where outputs have their places")]
    [InlineData("Upsample(2, {|CNN0014:Mode = (UpsampleMode)4|})",
        "Mode of upsample1 is 4, but must be a member of UpsampleMode, because there is no other mode")]
    public Task An_argument_that_does_not_fit_is_shown_at_the_argument(string layer, string message) =>
        Analyzing.Shows($"[Network, Input(4, 12, 12), {layer}] public partial class Net;", message);

    [Theory]
    [InlineData("ConvTranspose(4, 3)", "convtranspose1")]
    [InlineData("GlobalMaxPool", "globalmaxpool1")]
    [InlineData("AdaptiveAvgPool(2)", "adaptiveavgpool1")]
    [InlineData("Pad(1)", "pad1")]
    [InlineData("Upsample(2)", "upsample1")]
    [InlineData("InstanceNorm", "instancenorm1")]
    [InlineData("LocalResponseNorm(3)", "localresponsenorm1")]
    public Task A_flat_vector_is_shown_where_axes_are_needed(string layer, string name) => Analyzing.Shows(
        $"[Network, Input(8), {{|CNN1001:{layer}|}}] public partial class Net;",
        $"{name} needs an input with spatial axes, but input1 gives the shape 8, which has none; "
        + $"put {name} before [Flatten], or give [Input] axes after the channels");

    [Fact]
    public async Task Padding_that_leaves_nothing_of_a_transposed_convolution_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(4, 3, 1), ConvTranspose(4, 4, {|CNN1017:Padding = 2|})] public partial class Net;",
            "The padding of convtranspose1 takes 4 elements off the width, but kernel, stride and dilation make only 4 there of its input 4x3x1; "
            + "pad by at most 3 in all");
        await Analyzing.Shows(
            "[Network, Input(4, 5), ConvTranspose(4, 1, Paddings = [{|CNN1017:2|}, 3])] public partial class Net;",
            "The padding of convtranspose1 takes 5 elements off the length, but kernel, stride and dilation make only 5 there of its input 4x5; "
            + "pad by at most 4 in all");
        await Analyzing.ShowsNothing("[Network, Input(4, 3, 1), ConvTranspose(4, 4, Paddings = [2, 2, 2, 1])] public partial class Net;");
    }

    [Fact]
    public async Task A_reflection_of_more_than_there_is_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(4, 5, 3), Pad({|CNN1018:3|}, Mode = PadMode.Reflect)] public partial class Net;",
            "pad1 reflects 3 elements at the start of the width, but its input 4x5x3 has only 2 there to reflect, because the edge itself is not repeated; "
            + "pad by at most 2, or use PadMode.Replicate");
        await Analyzing.Shows(
            "[Network, Input(4, 5, 3), Pad(1, 1, {|CNN1018:5|}, 1, Mode = PadMode.Reflect)] public partial class Net;",
            "pad1 reflects 5 elements at the end of the height, but its input 4x5x3 has only 4 there to reflect, because the edge itself is not repeated; "
            + "pad by at most 4, or use PadMode.Replicate");
        await Analyzing.ShowsNothing(
            "[Network, Input(4, 5, 3), Pad(4, 2, 4, 2, Mode = PadMode.Reflect), Pad(9, Mode = PadMode.Replicate)] public partial class Net;");
    }

    [Fact]
    public async Task Bilinear_enlargement_needs_height_and_width()
    {
        await Analyzing.Shows(
            "[Network, Input(4, 5), Upsample(2, {|CNN1019:Mode = UpsampleMode.Bilinear|})] public partial class Net;",
            "upsample1 needs height and width to interpolate between, but input1 gives 4x5, which has 1 axis after the channels; "
            + "use UpsampleMode.Linear, which interpolates in any rank");
        await Analyzing.ShowsNothing("[Network, Input(4, 5, 5), Upsample(2, Mode = UpsampleMode.Bilinear)] public partial class Net;");
    }
}
