using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>What can be wrong with layers that move elements, and with axes.</summary>
public sealed class MovementDiagnosticsTests
{
    private const string Axes = "its input 4x12x10 has the channels, axis 1, and 2 axes behind them, and 0 would be the batch";

    [Theory]
    [InlineData("Permute({|CNN1002:2, 1|})", "order of permute1 has 2 numbers, but needs 3, because " + Axes)]
    [InlineData("Permute(1, {|CNN1030:0|}, 2)",
        "The order of permute1 names axis 0, which is none of them, but must have each of the axes 1 to 3 of its input 4x12x10 once, "
        + "because every element goes to one place; axis 3 is missing")]
    [InlineData("Permute(2, 3, {|CNN1030:-1|})",
        "The order of permute1 names axis -1 twice, but must have each of the axes 1 to 3 of its input 4x12x10 once, "
        + "because every element goes to one place; axis 1 is missing")]
    [InlineData("Reshape(12, {|CNN0014:0|})",
        "shape[1] of reshape1 is 0, but must be at least 1, or -1 for a length that follows from the others, because a tensor has no empty axis")]
    [InlineData("Reshape(-1, {|CNN0014:-1|})", "shape[1] of reshape1 is -1, but must be at least 1, because only one length can follow from the others")]
    [InlineData("Reshape({|CNN1031:48, 11|})",
        "reshape1 makes 48x11 of its input 4x12x10, which has 480 elements, but 48x11 has 528, and a reshape keeps all elements and adds none; "
        + "change a length, or make one -1, which then follows from the others")]
    [InlineData("Reshape({|CNN1031:-1, 7|})",
        "reshape1 makes ?x7 of its input 4x12x10, which has 480 elements, but 480 is no multiple of 7, and a reshape keeps all elements and adds none; "
        + "change a length, or make one -1, which then follows from the others")]
    [InlineData("Slice(0, 2, {|CNN0014:Step = 0|})",
        "Step of slice1 is 0, but must be at least 1, or negative, because it is the distance of the elements that are taken")]
    [InlineData("Slice(0, 2, {|CNN0014:Axis = 4|})", "Axis of slice1 is 4, but must be 1 to 3, or -3 to -1, because " + Axes)]
    [InlineData("Slice({|CNN1032:12|}, Axis = 2)",
        "slice1 takes the elements from 12 on, forwards, of the 12 along axis 2 of its input 4x12x10, which are none, but a tensor has no empty axis; "
        + "start at 11 at most")]
    [InlineData("Slice(3, {|CNN1032:2|})",
        "slice1 takes the elements from 3 up to 2, forwards, of the 4 along axis 1 of its input 4x12x10, which are none, but a tensor has no empty axis; "
        + "let the end be larger than the start")]
    [InlineData("Slice(-3, {|CNN1032:-1|}, Step = -1, Axis = -1)",
        "slice1 takes the elements from -3 up to -1, backwards, of the 10 along axis 3 of its input 4x12x10, which are none, but a tensor has no empty axis; "
        + "let the end be smaller than the start, as Step goes backwards")]
    [InlineData("PixelShuffle({|CNN0014:0|})", "factor of pixelshuffle1 is 0, but must be at least 1, because it is how many positions of an axis a block has")]
    [InlineData("PixelShuffle({|CNN1033:3|})",
        "pixelshuffle1 takes 9 channels together, but its input 4x12x10 has 4 along the channels, which leaves a rest; "
        + "use another factor, or give the layer before it a multiple of 9 channels")]
    [InlineData("PixelShuffle({|CNN1033:2000000000|})",
        "pixelshuffle1 takes more than 2147483591 channels together, but its input 4x12x10 has 4 along the channels, "
        + "which leaves a rest; use a smaller factor")]
    [InlineData("PixelUnshuffle({|CNN1033:4|})",
        "pixelunshuffle1 takes 4 positions of each axis together, but its input 4x12x10 has 10 along the width, which leaves a rest; "
        + "use a factor that divides it, or another length, by [Pad] or [Slice] before it")]
    [InlineData("ChannelShuffle({|CNN1005:3|})",
        "Groups of channelshuffle1 is 3, which does not divide its 4 input channels, but must divide input and output channels, "
        + "because each group takes an equal share; the nearest number that divides both is 2")]
    [InlineData("Softmax({|CNN0014:Axis = 0|})", "Axis of softmax1 is 0, but must be 1 to 3, or -3 to -1, because " + Axes)]
    [InlineData("LogSoftmax({|CNN0014:Axis = -4|})", "Axis of logsoftmax1 is -4, but must be 1 to 3, or -3 to -1, because " + Axes)]
    public Task An_argument_that_does_not_fit_is_shown_at_the_argument(string layer, string message) =>
        Analyzing.Shows($"[Network, Input(4, 12, 10), {layer}] public partial class Net;", message);

    [Fact]
    public async Task An_axis_that_a_joined_tensor_does_not_have_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(4), Linear(4, Name = \"a\"), ReLU, Concat(\"a\", {|CNN0014:Axis = 2|})] public partial class Net;",
            "Axis of concat1 is 2, but must be 1 or -1, because its input 4 has the channels, axis 1, and no other axis, and 0 would be the batch");
        await Analyzing.Shows(
            "[Network, Input(4, 6, 6), Conv(3, 1, Name = \"a\"), ReLU, Conv(3, 3), Concat({|CNN1011:\"a\"|}, Axis = 3)] public partial class Net;",
            "concat1 joins conv2 with the shape 3x4x4 and a with the shape 3x6x6, but both must have the same lengths but along axis 3, along which they are "
            + "put one behind the other; name another layer, or give one of the two another shape before concat1");
    }

    [Fact]
    public Task A_tensor_with_too_many_axes_is_shown_at_a_layer_with_a_window() => Analyzing.Shows(
        "[Network, Input(4, 8, 8), Reshape(4, 2, 4, 2, 4), {|CNN1034:Conv(4, 1)|}] public partial class Net;",
        "conv1 works on 1 to 3 axes after the channels, but reshape1 gives 4x2x4x2x4, which has 4; make fewer of them before it by [Reshape] or [Slice]");

    [Fact]
    public Task The_receptive_field_of_moved_axes_is_not_told() => Analyzing.ShowsAmong(
        ["CNN9001"],
        """
        [Network]
        [{|CNN9001:Input(3, 12, 10)|}]
        [{|CNN9001:Conv(4, 3)|}]
        [{|CNN9001:Slice(0, 8, Step = 2, Axis = 2)|}]
        [{|CNN9001:MaxPool(2)|}]
        [{|CNN9001:Permute(2, 3, 1)|}]
        [{|CNN9001:Reshape(-1)|}]
        public partial class Net;
        """,
        "input1: 3x12x10, 0 parameters, 0 multiply-adds, receptive field 1x1",
        "conv1: 4x10x8, 112 parameters, 8,640 multiply-adds, receptive field 3x3",
        "slice1: 4x4x8, 0 parameters, 0 multiply-adds, receptive field 3x3",
        "maxpool1: 4x2x4, 0 parameters, 0 multiply-adds, receptive field 5x4",
        "permute1: 2x4x4, 0 parameters, 0 multiply-adds, receptive field unknown, as axes were moved",
        "reshape1: 32, 0 parameters, 0 multiply-adds, receptive field of everything");
}
