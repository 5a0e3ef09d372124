using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Tests.Diagnostics;

public sealed class ShapeDiagnosticsTests
{
    [Theory]
    [InlineData("Conv(4, 3)", "conv1")]
    [InlineData("MaxPool(2)", "maxpool1")]
    [InlineData("AvgPool(2)", "avgpool1")]
    [InlineData("GlobalAvgPool", "globalavgpool1")]
    public async Task A_window_over_a_flat_vector_is_shown(string layer, string name)
    {
        await Analyzing.Shows(
            $"[Network, Input(8), {{|CNN1001:{layer}|}}, Linear(2)] public partial class Net;",
            $"{name} needs an input with spatial axes, but input1 gives the shape 8, which has none; "
            + $"put {name} before [Flatten], or give [Input] axes after the channels");
        await Analyzing.ShowsNothing($"[Network, Input(8, 5), {layer}, ReLU, Flatten, Linear(2)] public partial class Net;");
    }

    [Theory]
    [InlineData("{|CNN1002:Conv(4)|}", "kernel of conv1 has no numbers, but needs 1 or 2, because its input 3x9x9 has 2 axes after the channels")]
    [InlineData("Conv(4, {|CNN1002:3, 3, 3|})", "kernel of conv1 has 3 numbers, but needs 1 or 2, because its input 3x9x9 has 2 axes after the channels")]
    [InlineData("Conv(4, 3, {|CNN1002:Strides = [2]|})", "Strides of conv1 has 1 number, but needs 2, because its input 3x9x9 has 2 axes after the channels")]
    [InlineData("Conv(4, 3, {|CNN1002:Dilations = [1, 1, 1]|})",
        "Dilations of conv1 has 3 numbers, but needs 2, because its input 3x9x9 has 2 axes after the channels")]
    [InlineData("MaxPool(2, {|CNN1002:Paddings = [1, 1, 1]|})",
        "Paddings of maxpool1 has 3 numbers, but needs 2, or 4 with all begins before all ends, because its input 3x9x9 has 2 axes after the channels")]
    public Task A_count_that_does_not_fit_the_axes_is_shown(string layer, string message) =>
        Analyzing.Shows($"[Network, Input(3, 9, 9), {layer}, Linear(2)] public partial class Net;", message);

    [Theory]
    [InlineData("{|CNN1002:Input|}", "no numbers")]
    [InlineData("Input({|CNN1002:1, 2, 3, 4, 5|})", "5 numbers")]
    public Task An_input_has_one_to_four_numbers(string input, string found) => Analyzing.Shows(
        $"[Network, {input}, Linear(2)] public partial class Net;",
        $"shape of input1 has {found}, but needs 1 to 4, because an input has channels (or features) and at most depth, height and width");

    [Fact]
    public async Task A_kernel_larger_than_the_padded_input_is_shown_at_the_kernel()
    {
        await Analyzing.Shows(
            "[Network, Input(1, 20, 20), Conv(32, 5), MaxPool(3), Conv(64, {|CNN1003:7|}), ReLU, Flatten, Linear(10)] public partial class Net;",
            "Conv 7x7 does not fit its input 32x5x5 (padded 5x5): use a kernel of at most 5, Padding of at least 1 or fewer pools before it");
        await Analyzing.Shows(
            "[Network, Input(1, 6, 6), Conv(4, {|CNN1003:9|}, Padding = 1), ReLU, Flatten, Linear(10)] public partial class Net;",
            "Conv 9x9 does not fit its input 1x6x6 (padded 8x8): use a kernel of at most 8 or Padding of at least 2");
        await Analyzing.ShowsNothing("[Network, Input(1, 6, 6), Conv(4, 9, Padding = 2), Flatten, ReLU, Linear(10)] public partial class Net;");
        await Analyzing.Shows(
            "[Network, Input(1, 9, 6), MaxPool(2, {|CNN1003:4|}, Dilation = 2)] public partial class Net;",
            "MaxPool 2x4 with dilation 2x2, which covers 3x7, does not fit its input 1x9x6 (padded 9x6): "
            + "use a kernel of at most 3 for the width, Dilation of at most 1 or Padding of at least 1");
        await Analyzing.Shows(
            "[Network, Input(1, 2, 9), Conv(4, {|CNN1003:4|}, Paddings = [0, 1, 1, 0])] public partial class Net;",
            "Conv 4x4 does not fit its input 1x2x9 (padded 3x10): use a kernel of at most 3");
    }

    [Fact]
    public async Task The_layer_that_made_the_shape_is_pointed_at()
    {
        var compilation = Compiling.Sources("[Network, Input(1, 8, 8), MaxPool(2), ReLU, Conv(4, 5)] public partial class Net;");
        Diagnostic diagnostic = Assert.Single(await Analyzing.Run(compilation));
        Location related = Assert.Single(diagnostic.AdditionalLocations);
        Assert.Equal("ReLU", related.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(related.SourceSpan));
    }

    [Fact]
    public async Task An_output_of_length_0_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(1, 2, 8), MaxPool({|CNN1004:5|}, Stride = 2, CeilMode = true)] public partial class Net;",
            "MaxPool 5x5 does not fit its input 1x2x8 (padded 2x8), not even once with CeilMode: use a kernel of at most 2 or Padding of at least 2");
        await Analyzing.ShowsNothing("[Network, Input(1, 2, 8), MaxPool(3, Stride = 2, CeilMode = true)] public partial class Net;");
    }

    [Theory]
    [InlineData("Input(3, 8, 8), Conv(4, 3, {|CNN1005:Groups = 2|})", 2, "3 input channels", 1)]
    [InlineData("Input(4, 8, 8), Conv(3, 3, {|CNN1005:Groups = 2|})", 2, "3 output channels", 1)]
    [InlineData("Input(12, 8, 8), Conv(24, 3, {|CNN1005:Groups = 5|})", 5, "12 input channels", 4)]
    [InlineData("Input(12, 8, 8), Conv(24, 3, {|CNN1005:Groups = 2147483647|})", int.MaxValue, "12 input channels", 12)]
    public Task Groups_that_do_not_divide_are_shown(string layers, int groups, string undivided, int nearest) => Analyzing.Shows(
        $"[Network, {layers}, Linear(2)] public partial class Net;",
        $"Groups of conv1 is {groups}, which does not divide its {undivided}, but must divide input and output channels, "
        + "because each group takes an equal share; "
        + $"the nearest number that divides both is {nearest}");

    [Fact]
    public async Task A_linear_layer_on_a_map_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(1, 28, 28), Conv(20, 5, Padding = 2), MaxPool(2), {|CNN1006:Linear(10)|}, Linear(3)] public partial class Net;",
            "linear1 needs a flat input, but maxpool1 gives the feature map 20x14x14; insert [Flatten] before it");
        await Analyzing.ShowsNothing("[Network, Input(1, 28, 28), Conv(20, 5, Padding = 2), MaxPool(2), Flatten, Linear(10)] public partial class Net;");
    }

    [Theory]
    [InlineData("{|CNN1009:Input(65536, 65536)|}", "output of input1", "65536x65536", "4294967296")]
    [InlineData("Input(2147483591), {|CNN1009:Linear(2147483647)|}", "weight of linear1", "2147483647x2147483591", "4611685893873336377")]
    [InlineData("Input(1, 1), {|CNN1009:Conv(2, 1, Padding = 2147483647)|}", "output of conv1", "2x4294967295", "8589934590")]
    public Task A_tensor_too_large_for_an_array_is_shown(string layers, string tensor, string shape, string count) => Analyzing.Shows(
        $"[Network, {layers}, ReLU] public partial class Net;",
        $"The {tensor} would have the shape {shape} and {count} elements, but an array holds at most 2147483591; make the layer smaller");

    [Fact]
    public async Task Padding_beyond_half_a_pools_kernel_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(1, 8, 8), MaxPool(3, {|CNN1010:Padding = 2|})] public partial class Net;",
            "The padding of maxpool1 is 2 at the start of the height, but must be at most 1, half of the kernel's 3, "
            + "because a window could otherwise see nothing but padding");
        await Analyzing.Shows(
            "[Network, Input(1, 8, 8), AvgPool(2, Paddings = [0, 1, 0, {|CNN1010:2|}])] public partial class Net;",
            "The padding of avgpool1 is 2 at the end of the width, but must be at most 1, half of the kernel's 2, "
            + "because a window could otherwise see nothing but padding");
        await Analyzing.ShowsNothing("[Network, Input(1, 8, 8), MaxPool(3, Padding = 1)] public partial class Net;");
    }

    [Fact]
    public async Task A_window_around_the_input_is_shown_at_the_dilation()
    {
        await Analyzing.Shows(
            "[Network, Input(1, 3, 1), AvgPool(2, {|CNN1040:Dilation = 2|}, Padding = 1)] public partial class Net;",
            "A window of avgpool1 sees nothing of the width of its input 1x3x1, "
            + "because with a dilation of 2 its elements lie at -1 and 1, both in the padding; "
            + "use a smaller dilation or no padding");
        await Analyzing.ShowsNothing("[Network, Input(1, 3, 2), AvgPool(2, Stride = 1, Dilation = 2, Padding = 1)] public partial class Net;");
    }
}
