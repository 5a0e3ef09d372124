using Cnn.Generator.Model;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>What is said about networks that are sound, and what is not.</summary>
public sealed class AdviceDiagnosticsTests
{
    [Theory]
    [InlineData("Input(784), Linear(300), {|CNN2001:Linear(400)|}", "linear2 follows linear1", "Linear(400) with 314,000 parameters", "355,900")]
    [InlineData("Input(8), Linear(9, Bias = false), {|CNN2001:Linear(8, Bias = false)|}", "linear2 follows linear1", "Linear(8) with 64 parameters", "144")]
    [InlineData("Input(8), Linear(9, Bias = false), BatchNorm, {|CNN2001:Linear(8, Bias = false)|}", "linear2 follows linear1",
        "Linear(8) with 72 parameters", "162")]
    [InlineData("Input(8), Linear(8), Dropout, Identity, {|CNN2001:Linear(8)|}", "linear2 follows linear1", "Linear(8) with 72 parameters", "144")]
    [InlineData("Input(3, 9, 9), Conv(8, 3), {|CNN2001:Conv(8, 1)|}", "conv2 follows conv1", "Conv(8, 3) with 224 parameters", "296")]
    [InlineData("Input(3, 9, 9), Conv(64, 3), {|CNN2001:Conv(8, 3)|}", "conv2 follows conv1", "Conv(8, 5) with 608 parameters", "6,408")]
    [InlineData("Input(3, 9, 9), Conv(64, 1, 3), {|CNN2001:Conv(8, 3, 1)|}", "conv2 follows conv1", "Conv(8, 3) with 224 parameters", "2,184")]
    [InlineData("Input(3, 9, 9), Conv(64, 1, 3), {|CNN2001:Conv(8, 3, 2)|}", "conv2 follows conv1", "Conv(8, 3, 4) with 296 parameters", "3,720")]
    [InlineData("Input(3, 19, 19), Conv(64, 3, Stride = 2), {|CNN2001:Conv(8, 3)|}", "conv2 follows conv1", "Conv(8, 7) with 1,184 parameters", "6,408")]
    [InlineData("Input(3, 19, 19), Conv(64, 3, Dilation = 2), {|CNN2001:Conv(8, 3, Dilation = 4)|}", "conv2 follows conv1",
        "Conv(8, 7) with 1,184 parameters", "6,408")]
    [InlineData("Input(4, 9, 9), Conv(8, 3, Groups = 4), {|CNN2001:Conv(8, 1, Groups = 4)|}", "conv2 follows conv1", "Conv(8, 3) with 80 parameters", "104")]
    [InlineData("Input(3, 3, 3), Conv(64, 3), Flatten, {|CNN2001:Linear(8)|}", "linear1 follows conv1", "Linear(8) with 224 parameters", "2,312")]
    public Task Linear_layers_that_one_could_replace_are_shown_at_the_second(string layers, string follows, string one, string two) => Analyzing.Shows(
        $"[Network, {layers}] public partial class Net;",
        $"{follows} without a nonlinearity in between, so that one {one} computes what the two do with {two}; "
        + "put an activation such as [ReLU] between them, or leave one of them out");

    [Theory]
    [InlineData("Input(784), Linear(300), ReLU, Linear(400)")]
    [InlineData("Input(784), Linear(10), Linear(784)")]
    [InlineData("Input(16, 9, 9), Conv(16, 3, Groups = 16), Conv(32, 1)")]
    [InlineData("Input(16, 9, 9), Conv(8, 1, Bias = false), BatchNorm, Conv(48, 1)")]
    [InlineData("Input(8, 9, 9), Conv(8, 3), Conv(8, 3)")]
    [InlineData("Input(3, 9, 9), Conv(8, 3), MaxPool(7), Conv(8, 1)")]
    [InlineData("Input(8), Linear(8, Frozen = true), Linear(8)")]
    [InlineData("Input(8), Linear(8), LayerNorm, Linear(8)")]
    [InlineData("Input(8), Linear(8), PReLU, Linear(8)")]
    [InlineData("Input(3, 9, 9), Conv(8, 9), Flatten, Softmax, Linear(8)")]
    public Task Layers_that_one_could_not_replace_are_not_shown(string layers) =>
        Analyzing.ShowsNothingAtAll($"[Network, {layers}] public partial class Net;");

    [Fact]
    public async Task A_layer_whose_output_somebody_else_reads_cannot_be_left_out()
    {
        await Analyzing.Shows(
            "[Network, Input(8), {|CNN2007:Linear(8, Name = \"a\")|}, ReLU(From = \"input1\"), Linear(8)] public partial class Net;",
            "No layer takes the output of a, so that it is computed for nothing, because relu1 behind it takes 'input1' instead; "
            + "remove the layer, or name it and use the name");
        await Analyzing.Shows(
            "[Network, Input(8), Linear(8, Name = \"a\"), {|CNN2007:Linear(8)|}, ReLU(From = \"a\"), Linear(8)] public partial class Net;",
            "No layer takes the output of linear2, so that it is computed for nothing, because relu1 behind it takes 'a' instead; "
            + "remove the layer, or name it and use the name");
    }

    [Fact]
    public async Task A_name_that_no_layer_takes_is_shown_at_the_name()
    {
        await Analyzing.Shows(
            "[Network, Input(8), Linear(8), ReLU({|CNN2002:Name = \"hidden\"|}), Linear(4)] public partial class Net;",
            "No layer takes the output named 'hidden', and ReLU has no parameters that would be called after it; remove the name, or use it in a later layer");
        await Analyzing.ShowsNothingAtAll("[Network, Input(8), Linear(8, Name = \"hidden\"), ReLU, Linear(4)] public partial class Net;");
        await Analyzing.ShowsNothingAtAll("[Network, Input(8), Linear(8), ReLU(Name = \"hidden\"), Linear(4, From = \"hidden\")] public partial class Net;");
        await Analyzing.ShowsNothingAtAll(
            "[Block, Linear(8), ReLU] public class Step;\n"
            + "[Network, Input(8), Linear(8), ReLU(Name = \"a\"), Linear(8), ReLU(Name = \"b\"), Block<Step>(From = \"a\"), Add(\"b\"), Linear(4)] "
            + "public partial class Net;");
    }

    [Theory]
    [InlineData("Input(1, 11, 11), Conv(2, 2, {|CNN2003:Stride = 3|})", "conv1 reach 2 of every 3 elements of the height",
        "its stride of 3 is larger than its kernel size of 2", "2")]
    [InlineData("Input(1, 11, 11), MaxPool(3, Strides = [1, {|CNN2003:4|}])", "maxpool1 reach 3 of every 4 elements of the width",
        "its stride of 4 is larger than its kernel size of 3", "3")]
    [InlineData("Input(1, 13), Conv(2, 3, {|CNN2003:Stride = 2|}, Dilation = 2)", "conv1 reach 1 of every 2 elements of the length",
        "a stride of 2 and a dilation of 2 have a common factor", "1")]
    public Task Windows_that_leave_gaps_are_shown_at_the_stride(string layers, string reach, string reason, string largest) => Analyzing.Shows(
        $"[Network, {layers}] public partial class Net;",
        $"The windows of {reach}, because {reason}; use a stride of at most {largest}, or a larger kernel");

    [Theory]
    [InlineData("Input(1, 11, 11), Conv(2, 1, Stride = 2)")]
    [InlineData("Input(1, 12, 12), MaxPool(2)")]
    [InlineData("Input(1, 13), Conv(2, 3, Stride = 2, Dilation = 3)")]
    public Task Windows_that_meet_are_not_shown(string layers) => Analyzing.ShowsNothingAtAll($"[Network, {layers}] public partial class Net;");

    [Theory]
    [InlineData("Input(8), {|CNN2004:Linear(16)|}, BatchNorm, ReLU", "linear1, 16 numbers,", "batchnorm1")]
    [InlineData("Input(1, 9), Conv(1, 9, {|CNN2004:Bias = true|}), BatchNorm", "conv1, 1 number,", "batchnorm1")]
    [InlineData("Input(1, 9), {|CNN2004:ConvTranspose(4, 3)|}, InstanceNorm, ReLU", "convtranspose1, 4 numbers,", "instancenorm1")]
    public Task A_bias_before_BatchNorm_is_shown(string layers, string bias, string norm) => Analyzing.Shows(
        $"[Network, {layers}] public partial class Net;",
        $"The bias of {bias} changes nothing, because {norm} subtracts the mean of each channel from it; set Bias = false");

    [Theory]
    [InlineData("Input(8), Linear(16, Bias = false), BatchNorm")]
    [InlineData("Input(8), Linear(16), ReLU, BatchNorm")]
    [InlineData("Input(1, 9), Conv(4, 9), GroupNorm(2)")]
    [InlineData("Input(8), Linear(16), LayerNorm")]
    [InlineData("Input(8), Linear(16), BatchNorm(Frozen = true)")]
    [InlineData("Input(8), Linear(16, Frozen = true), BatchNorm")]
    public Task A_bias_that_counts_is_not_shown(string layers) => Analyzing.ShowsNothingAtAll($"[Network, {layers}] public partial class Net;");

    [Theory]
    [InlineData("{|CNN2005:MaxPool(2)|}",
        "maxpool1 reaches the last 1 of the 9 elements of the height, because (9 - 2) / 2 leaves a remainder of 1; CeilMode = true, padding")]
    [InlineData("{|CNN2005:Conv(2, 2, 5, Strides = [2, 4])|}",
        "conv1 reaches the last 1 of the 9 elements of the height, because (9 - 2) / 2 leaves a remainder of 1; padding")]
    [InlineData("{|CNN2005:Conv(2, 4, Stride = 4, Padding = 1)|}",
        "conv1 reaches the last 2 of the 9 elements of the height, because (9 + 2 - 4) / 4 leaves a remainder of 3; padding")]
    public Task Elements_that_no_window_reaches_are_shown(string layers, string message) => Analyzing.Shows(
        $"[Network, Input(1, 9, 9), {layers}] public partial class Net;", $"No window of {message} or another size before it reaches them");

    [Fact]
    public Task A_stride_beyond_the_kernel_leaves_an_edge_too_and_only_the_stride_is_shown() => Analyzing.Shows(
        "[Network, Input(1, 10), Conv(2, 3, {|CNN2003:Stride = 4|})] public partial class Net;",
        "The windows of conv1 reach 3 of every 4 elements of the length, because its stride of 4 is larger than its kernel size of 3; "
        + "use a stride of at most 3, or a larger kernel");

    [Theory]
    [InlineData("MaxPool(3, Stride = 2)")]
    [InlineData("MaxPool(2, CeilMode = true)")]
    [InlineData("Conv(2, 4, Stride = 2, Padding = 1)")]
    [InlineData("Conv(2, 1, Stride = 5)")]
    public Task Windows_that_reach_the_end_are_not_shown(string layer) =>
        Analyzing.ShowsNothingAtAll($"[Network, Input(1, 9, 9), {layer}] public partial class Net;");

    [Theory]
    [InlineData("Conv(4, 3), {|CNN2006:ReLU|}, GlobalAvgPool, Flatten, Linear(2)", "4x7x7 of relu1, sees 3x3")]
    [InlineData("Conv(4, 3), ReLU, {|CNN2006:MaxPool(3, Stride = 2)|}, Flatten, Linear(2)", "4x3x3 of maxpool1, sees 5x5")]
    [InlineData("Conv(4, 3), {|CNN2006:ReLU|}, Flatten, Linear(2)", "4x7x7 of relu1, sees 3x3")]
    public Task A_view_smaller_than_the_input_is_shown_at_the_last_map(string layers, string view) => Analyzing.Shows(
        $"[Network, Input(1, 9, 9), {layers}] public partial class Net;",
        $"An element of the last map, {view} of the input 9x9, so that larger patterns are left to what comes behind it; "
        + "more layers, strides or dilation before it widen its view");

    [Theory]
    [InlineData("Conv(4, 3), ReLU")]
    [InlineData("Conv(4, 9), Flatten, ReLU, Linear(2)")]
    [InlineData("Conv(4, 5), ReLU, Conv(4, 5), ReLU, Flatten, Linear(2)")]
    [InlineData("Flatten, Linear(2)")]
    public Task A_view_of_everything_and_a_network_of_places_are_not_shown(string layers) =>
        Analyzing.ShowsNothingAtAll($"[Network, Input(1, 9, 9), {layers}] public partial class Net;");

    [Fact]
    public async Task Hints_are_shown_to_those_who_ask()
    {
        const string Source =
            "[Network, {|CNN9001:Input(1, 12, 12)|}, {|CNN9001:Conv(6, 5, Padding = 2)|}, {|CNN9001:Flatten|}, "
            + "{|CNN9001:Linear(1000)|}] public partial class Net;";
        await Analyzing.ShowsNothingAtAll(Markup.Parse(Source).Source.Replace("Flatten", "MaxPool(12), ReLU, Flatten", StringComparison.Ordinal));
        await Analyzing.ShowsAmong(
            ["CNN9001"],
            Source,
            "input1: 1x12x12, 0 parameters, 0 multiply-adds, receptive field 1x1",
            "conv1: 6x12x12, 156 parameters, 21,600 multiply-adds, receptive field 5x5",
            "flatten1: 864, 0 parameters, 0 multiply-adds, receptive field of everything",
            "linear1: 1000, 865,000 parameters, 864,000 multiply-adds, receptive field of everything");
    }

    [Fact]
    public Task A_faulty_network_gets_no_advice() => Analyzing.Shows(
        "[Network, Input(8), Linear(8), Linear(8), BatchNorm, {|CNN1001:MaxPool(2)|}] public partial class Net;",
        "maxpool1 needs an input with spatial axes, but batchnorm1 gives the shape 8, which has none; put maxpool1 before [Flatten], "
        + "or give [Input] axes after the channels");

    [Fact]
    public async Task Advice_can_be_turned_off_and_made_an_error_and_errors_cannot()
    {
        const string Source = "[Network, Input(8), Linear(8), Linear(8)] public partial class Net; [Network, Input(8)] public partial class Faulty;";
        CSharpCompilation compilation = Compiling.Sources(Source);
        Dictionary<string, ReportDiagnostic> options = new()
        {
            [FaultIds.MergeableLayers] = ReportDiagnostic.Error,
            [FaultIds.NoLayer] = ReportDiagnostic.Suppress,
        };
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(options));
        Assert.Equal(
            [(FaultIds.MergeableLayers, DiagnosticSeverity.Error), (FaultIds.NoLayer, DiagnosticSeverity.Error)],
            (await Analyzing.Run(compilation)).Select(diagnostic => (diagnostic.Id, diagnostic.Severity)));
        options[FaultIds.MergeableLayers] = ReportDiagnostic.Suppress;
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(options));
        Assert.Equal([FaultIds.NoLayer], (await Analyzing.Run(compilation)).Select(diagnostic => diagnostic.Id));
        Assert.Equal([FaultIds.NoLayer],
            (await Analyzing.Run(Compiling.Sources("#pragma warning disable CNN2001\n" + Source))).Select(diagnostic => diagnostic.Id));
    }
}
