using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Diagnostics;

public sealed class LayerDiagnosticsTests
{
    [Theory]
    [InlineData("Conv({|CNN0014:-1|}, 3)", "outChannels of conv1 is -1, but must be at least 1, because every filter makes one output channel")]
    [InlineData("Conv(4, {|CNN0014:0|})", "kernel of conv1 is 0, but must be at least 1, because a window has at least one element")]
    [InlineData("Conv(4, 3, {|CNN0014:0|})", "kernel[1] of conv1 is 0, but must be at least 1, because a window has at least one element")]
    [InlineData("Conv(4, new[] { 3, {|CNN0014:0|} })", "kernel[1] of conv1 is 0, but must be at least 1, because a window has at least one element")]
    [InlineData("Conv(4, 3, {|CNN0014:Stride = 0|})", "Stride of conv1 is 0, but must be at least 1, because the window has to move on")]
    [InlineData("Conv(4, 3, Strides = [2, {|CNN0014:0|}])", "Strides[1] of conv1 is 0, but must be at least 1, because the window has to move on")]
    [InlineData("Conv(4, 3, {|CNN0014:Padding = -1|})", "Padding of conv1 is -1, but must be at least 0, because padding only adds elements")]
    [InlineData("Conv(4, 3, {|CNN0014:Dilation = 0|})", "Dilation of conv1 is 0, but must be at least 1, because 1 is the distance of neighbours")]
    [InlineData("Conv(4, 3, {|CNN0014:Groups = 0|})", "Groups of conv1 is 0, but must be at least 1, because the channels are at least one group")]
    [InlineData("Conv(kernel: [{|CNN0014:0|}], outChannels: 4)", "kernel of conv1 is 0, but must be at least 1, because a window has at least one element")]
    [InlineData("MaxPool(2, {|CNN0014:Stride = -2|})", "Stride of maxpool1 is -2, but must be at least 1, because the window has to move on")]
    [InlineData("AvgPool({|CNN0014:0|})", "kernel of avgpool1 is 0, but must be at least 1, because a window has at least one element")]
    [InlineData("Flatten, Linear({|CNN0014:0|})", "outFeatures of linear1 is 0, but must be at least 1, because a layer has at least one output")]
    [InlineData("Dropout({|CNN0014:1|})",
        "probability of dropout1 is 1, but must be at least 0 and less than 1, because kept elements are scaled by 1 / (1 - probability)")]
    [InlineData("BatchNorm({|CNN0014:Epsilon = 0|})",
        "Epsilon of batchnorm1 is 0, but must be a positive float, because it keeps a variance of 0 from being divided by")]
    [InlineData("BatchNorm({|CNN0014:Epsilon = 1e-60|})",
        "Epsilon of batchnorm1 is 0, but must be a positive float, because it keeps a variance of 0 from being divided by")]
    [InlineData("BatchNorm({|CNN0014:Momentum = 1.5|})",
        "Momentum of batchnorm1 is 1.5, but must be from 0 to 1, because it is the newest batch's share of the running statistics")]
    [InlineData("LeakyReLU({|CNN0014:Slope = double.NaN|})",
        "Slope of leakyrelu1 is NaN, but must be a finite float of at least 0, because the gradient is taken from the sign of the output")]
    [InlineData("CELU({|CNN0014:Alpha = 0|})", "Alpha of celu1 is 0, but must be a finite float other than 0, because inputs are divided by it")]
    [InlineData("Clip(2, {|CNN0014:1|})", "Max of clip1 is 1, but must be at least Min, which is 2, because outputs lie between the two limits")]
    [InlineData("Clip(Min = 2, {|CNN0014:Max = 1|})", "Max of clip1 is 1, but must be at least Min, which is 2, because outputs lie between the two limits")]
    public Task An_argument_out_of_range_is_shown_at_the_argument(string layer, string message) =>
        Analyzing.Shows($"[Network, Input(4, 12, 12), {layer}] public partial class Net;", message);

    [Fact]
    public Task Arguments_within_their_range_are_silent() => Analyzing.ShowsNothing(
        """
        [Network, Input(4, 13, 12), Conv(4, 3, 2, Strides = [2, 1], Paddings = [0, 1]), MaxPool(2, Stride = 1), LeakyReLU(Slope = 2), CELU(Alpha = -2)]
        [Conv(4, 1, 12), Clip(Min = 0), Clip(1, 1), Dropout(0), BatchNorm(Momentum = 0, Epsilon = 1)]
        public partial class Net;
        """);

    [Theory]
    [InlineData("a.b")]
    [InlineData("")]
    [InlineData("two words")]
    public Task A_name_with_other_signs_is_shown(string name) => Analyzing.Shows(
        $"[Network, Input(4), Linear(2, {{|CNN0015:Name = \"{name}\"|}}), ReLU] public partial class Net;",
        $"'{name}' cannot name a layer or a port, because parameters in weights files and members are called after it; use letters, digits and underscores");

    [Fact]
    public async Task A_name_given_twice_is_shown_at_the_second()
    {
        await Analyzing.Shows(
            "[Network, Input(4), Linear(2, Name = \"a\"), ReLU({|CNN0016:Name = \"a\"|})] public partial class Net;",
            "'a' names two layers or ports, but a name must be unique, because parameters in weights files and members are called after it; "
            + "the Linear at place 2 has it already");
        await Analyzing.ShowsNothing("[Network, Input(4), Linear(2, Name = \"a\"), ReLU(Name = \"b\"), ReLU(From = \"b\")] public partial class Net;");
    }

    [Theory]
    [InlineData("Linear(2), Linear(2, {|CNN0016:Name = \"linear1\"|})", 2)]
    [InlineData("Linear(2, {|CNN0016:Name = \"linear2\"|}), Linear(2)", 3)]
    public Task A_name_that_another_layer_has_by_default_is_shown_where_it_is_given(string layers, int place)
    {
        string name = layers.Contains("linear1", StringComparison.Ordinal) ? "linear1" : "linear2";
        return Analyzing.Shows(
            $"[Network, Input(4), {layers}] public partial class Net;",
            $"'{name}' names two layers or ports, but a name must be unique, because parameters in weights files and members are called after it; "
            + $"the Linear at place {place} has it already");
    }

    [Fact]
    public async Task A_layer_that_nobody_named_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(4), Linear(2), ReLU({|CNN1007:From = \"stem\"|}), Conv(3, 3)] public partial class Net;",
            "relu1 takes its input from 'stem', but there is no layer of that name; before it there are input1, linear1");
        await Analyzing.ShowsNothing("[Network, Input(4), Linear(2, Name = \"stem\"), ReLU(From = \"stem\")] public partial class Net;");
    }

    [Theory]
    [InlineData("ReLU(Name = \"a\", {|CNN1008:From = \"a\"|})", "a", "a")]
    [InlineData("ReLU({|CNN1008:From = \"linear1\"|}), Linear(2)", "relu1", "linear1")]
    public Task A_layer_that_comes_later_is_shown(string layers, string layer, string from) => Analyzing.Shows(
        $"[Network, Input(4), {layers}] public partial class Net;",
        $"{layer} takes its input from '{from}', which is not computed yet, but layers run in the order in which they are written; "
        + $"name an earlier layer or move {from} to the front");
}
