using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>What can be wrong with norms over one image and with constants.</summary>
public sealed class NormDiagnosticsTests
{
    [Theory]
    [InlineData("LayerNorm({|CNN0014:Epsilon = 0|})",
        "Epsilon of layernorm1 is 0, but must be a positive float, because it keeps a variance of 0 from being divided by")]
    [InlineData("GroupNorm({|CNN0014:0|})", "groups of groupnorm1 is 0, but must be at least 1, because the channels are at least one group")]
    [InlineData("GroupNorm({|CNN1005:3|})",
        "Groups of groupnorm1 is 3, which does not divide its 4 input channels, but must divide input and output channels, "
        + "because each group takes an equal share; the nearest number that divides both is 2")]
    [InlineData("LocalResponseNorm({|CNN0014:0|})", "size of localresponsenorm1 is 0, but must be at least 1, because a window has at least one channel")]
    [InlineData("LocalResponseNorm(3, {|CNN0014:Alpha = -1|})",
        "Alpha of localresponsenorm1 is -1, but must be a finite float of at least 0, because the denominator is a power of k + alpha * mean square")]
    [InlineData("LocalResponseNorm(3, {|CNN0014:Beta = double.NaN|})",
        "Beta of localresponsenorm1 is NaN, but must be a finite float, because it is an exponent")]
    [InlineData("LocalResponseNorm(3, {|CNN0014:K = 0|})",
        "K of localresponsenorm1 is 0, but must be a positive float, because inputs of 0 are divided by a power of it")]
    [InlineData("Normalize({|CNN1002:Mean = [1, 2]|}, Deviation = [1, 1, 1, 1])",
        "Mean of normalize1 has 2 numbers, but needs 4, because its input 4x12x12 has 4 channels")]
    [InlineData("{|CNN1002:Normalize(Mean = [1, 2, 3, 4])|}", "Deviation of normalize1 has no numbers, but needs 4, because its input 4x12x12 has 4 channels")]
    [InlineData("Normalize(Mean = [1, 2, 3, 4], Deviation = [1, {|CNN0014:0|}, 1, 1])",
        "Deviation[1] of normalize1 is 0, but must be a finite float other than 0, because every element of its channel is divided by it")]
    [InlineData("Normalize(Mean = [1, 2, 3, {|CNN0014:double.NaN|}], Deviation = [1, 1, 1, 1])",
        "Mean[3] of normalize1 is NaN, but must be a finite float, because it is subtracted from every element of its channel")]
    public Task An_argument_that_does_not_fit_is_shown_at_the_argument(string layer, string message) =>
        Analyzing.Shows($"[Network, Input(4, 12, 12), {layer}] public partial class Net;", message);

    [Theory]
    [InlineData("Input(1)", "LayerNorm", "layernorm1", "all elements of an image", "1")]
    [InlineData("Input(4, 1, 1)", "InstanceNorm", "instancenorm1", "the positions of each channel", "4x1x1")]
    [InlineData("Input(4)", "GroupNorm(4)", "groupnorm1", "each group of channels", "4")]
    public Task A_norm_over_a_single_value_is_shown(string input, string layer, string name, string what, string shape) => Analyzing.Shows(
        $"[Network, {input}, {{|CNN1016:{layer}|}}] public partial class Net;",
        $"{name} normalises over {what}, but its input {shape} has a single value there, whose distance from its own mean is always 0; "
        + "remove the layer, or put it where there is more to normalise over");

    [Fact]
    public Task Norms_over_several_values_are_silent() => Analyzing.ShowsNothing(
        "[Network, Input(4, 1, 2), LayerNorm, InstanceNorm, GroupNorm(4), LocalResponseNorm(1), "
        + "Normalize(Mean = [1, 2, 3, 4], Deviation = [1, -1, 2, 1])] public partial class Net;");
}
