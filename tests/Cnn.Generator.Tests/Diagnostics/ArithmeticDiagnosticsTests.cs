using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>What can be wrong with reductions, scales and norms of vectors.</summary>
public sealed class ArithmeticDiagnosticsTests
{
    [Theory]
    [InlineData("{|CNN1002:ReduceMean|}", "axes of reducemean1 has no numbers, but needs at least 1, because something has to be brought together")]
    [InlineData("ReduceMax({|CNN0014:0|})",
        "axes of reducemax1 is 0, but must be 1 to 3, or -1 to -3, because its input 4x12x12 has as many axes, and the batch is none of them")]
    [InlineData("ReduceSum(1, {|CNN0014:4|})",
        "axes[1] of reducesum1 is 4, but must be 1 to 3, or -1 to -3, because its input 4x12x12 has as many axes, and the batch is none of them")]
    [InlineData("ReduceL2(3, {|CNN0014:-1|})", "axes[1] of reducel21 is -1, but must be another axis than those before it, because an axis is reduced once")]
    [InlineData("L2Normalize({|CNN0014:Axis = 4|})",
        "Axis of l2normalize1 is 4, but must be 1 to 3, or -1 to -3, because its input 4x12x12 has as many axes, and the batch is none of them")]
    [InlineData("L2Normalize({|CNN0014:Epsilon = 0|})",
        "Epsilon of l2normalize1 is 0, but must be a finite float above 0, because a norm of 0 would be divided by")]
    [InlineData("Scale({|CNN0014:Factor = false|})",
        "Factor of scale1 is false, but must be true unless Bias is, because without factor and summand nothing is learned")]
    [InlineData("Scale({|CNN0014:Start = double.NaN|})", "Start of scale1 is NaN, but must be a finite float, because the factor starts as it")]
    [InlineData("Scale({|CNN0014:Over = (ScaleOver)3|})", "Over of scale1 is 3, but must be a member of ScaleOver, because there is nothing else")]
    [InlineData("StochasticDepth({|CNN0014:1|})",
        "probability of stochasticdepth1 is 1, but must be at least 0 and less than 1, because kept images are scaled by 1 / (1 - probability)")]
    [InlineData("Power({|CNN0014:double.NaN|})",
        "Exponent of power1 is NaN, but must be a finite float, because every output would be infinite or not a number")]
    [InlineData("Upsample({|CNN1002:Size = [3, 3, 3]|})",
        "Size of upsample1 has 3 numbers, but needs 1 or 2, because its input 4x12x12 has 2 axes after the channels")]
    [InlineData("Upsample(Scales = [2, {|CNN0014:0.05|}])",
        "Scales[1] of upsample1 is 0.05, but must be at least 1/12, because its input 4x12x12 would have no element left there")]
    public Task An_argument_that_does_not_fit_is_shown_at_the_argument(string layer, string message) =>
        Analyzing.Shows($"[Network, Input(4, 12, 12), {layer}] public partial class Net;", message);

    [Fact]
    public Task A_norm_of_one_channel_is_shown() => Analyzing.Shows(
        "[Network, Input(1, 12, 12), {|CNN1016:LayerNorm(ChannelsOnly = true)|}] public partial class Net;",
        "layernorm1 normalises over the channels of each position, but its input 1x12x12 has a single value there, whose distance from its own mean is "
        + "always 0; remove the layer, or put it where there is more to normalise over");

    [Fact]
    public Task A_scale_of_positions_needs_some() => Analyzing.Shows(
        "[Network, Input(8), {|CNN1001:Scale(Over = ScaleOver.Positions)|}] public partial class Net;",
        "scale1 needs an input with spatial axes, but input1 gives the shape 8, which has none; "
        + "put scale1 before [Flatten], or give [Input] axes after the channels");

    [Fact]
    public Task What_fits_is_not_shown() => Analyzing.ShowsNothing(
        "[Network, Input(4, 6, 6), ReLU(Name = \"x\"), GlobalAvgPool(Name = \"g\"), Conv(1, 1, From = \"x\"), Add(\"x\"), Subtract(\"g\"), Maximum(\"x\"), "
        + "Minimum(\"g\"), Divide(\"x\"), Exp, Log, Sqrt, Abs, Power(-0.5), ReduceMean(-1), ReduceSum(1, 2, KeepAxes = false), L2Normalize(Axis = -1)] "
        + "public partial class Net;");
}
