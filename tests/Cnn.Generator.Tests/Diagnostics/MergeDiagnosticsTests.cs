using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Diagnostics;

public sealed class MergeDiagnosticsTests
{
    [Theory]
    [InlineData("Conv(4, 3, Padding = 1), Add({|CNN1011:\"x\"|})",
        "add1 adds conv1 with the shape 4x6x6 and x with the shape 3x6x6, but each axis must have the same length in both, or 1, "
        + "because elements are added one by one")]
    [InlineData("Conv(3, 3), Subtract({|CNN1011:\"x\"|})",
        "subtract1 subtracts conv1 with the shape 3x4x4 and x with the shape 3x6x6, but each axis must have the same length in both, or 1, "
        + "because elements are subtracted one by one")]
    [InlineData("Conv(3, 3), Divide({|CNN1011:\"x\"|})",
        "divide1 divides conv1 with the shape 3x4x4 and x with the shape 3x6x6, but each axis must have the same length in both, or 1, "
        + "because elements are divided one by one")]
    [InlineData("Conv(3, 3), Maximum({|CNN1011:\"x\"|})",
        "maximum1 compares conv1 with the shape 3x4x4 and x with the shape 3x6x6, but each axis must have the same length in both, or 1, "
        + "because elements are compared one by one")]
    [InlineData("Conv(3, 3), Multiply({|CNN1011:\"x\"|})",
        "multiply1 multiplies conv1 with the shape 3x4x4 and x with the shape 3x6x6, but each axis must have the same length in both, or 1, "
        + "because elements are multiplied one by one")]
    [InlineData("Conv(2, 3), Concat({|CNN1011:\"x\"|})",
        "concat1 joins conv1 with the shape 2x4x4 and x with the shape 3x6x6, but both must have the same axes, "
        + "because only channels are put one behind the other")]
    [InlineData("Conv(2, 1), Concat(\"x\", {|CNN1011:\"y\"|})",
        "concat1 joins conv1 with the shape 2x6x6 and y with the shape 3x3x3, but both must have the same axes, "
        + "because only channels are put one behind the other")]
    public Task Shapes_that_do_not_fit_are_shown_at_the_name(string layers, string message) => Analyzing.Shows(
        $"[Network, Input(3, 6, 6), ReLU(Name = \"x\"), MaxPool(2, Name = \"y\"), ReLU(From = \"x\"), {layers}, Flatten, Linear(2)] public partial class Net;",
        $"{message}; name another layer, or give one of the two another shape before {message.Split(' ')[0]}");

    [Fact]
    public Task What_fits_is_not_shown() => Analyzing.ShowsNothing(
        "[Network, Input(3, 6, 6), ReLU(Name = \"x\"), Conv(3, 3, Padding = 1), Add(\"x\"), GlobalAvgPool(Name = \"g\"), "
        + "Conv(1, 3, Padding = 1, From = \"x\"), "
        + "Multiply(\"g\"), Multiply(\"x\"), Concat(\"x\", \"x\"), Flatten, Linear(2)] public partial class Net;");

    [Theory]
    [InlineData("Add({|CNN1007:\"z\"|})", "add1 takes its input from 'z', but there is no layer of that name; before it there are input1, x")]
    [InlineData("Concat(\"x\", {|CNN1007:\"z\"|})", "concat1 takes its input from 'z', but there is no layer of that name; before it there are input1, x")]
    [InlineData("Add({|CNN1007:null!|})", "add1 takes its input from '', but there is no layer of that name; before it there are input1, x")]
    [InlineData("Multiply({|CNN1008:\"last\"|})",
        "multiply1 takes its input from 'last', which is not computed yet, but layers run in the order in which they are written; "
        + "name an earlier layer or move last to the front")]
    public Task A_name_that_cannot_be_read_is_shown(string layer, string message) => Analyzing.Shows(
        $"[Network, Input(3), ReLU(Name = \"x\"), {layer}, Linear(2, Name = \"last\")] public partial class Net;", message);

    [Fact]
    public Task Concat_needs_a_name() => Analyzing.Shows(
        "[Network, Input(3), {|CNN1002:Concat|}, Linear(2)] public partial class Net;",
        "others of concat1 has no names, but needs at least 1, because the current tensor is joined with named outputs");
}
