namespace Cnn.Data.Tests;

public sealed class NetworkSummaryTests
{
    private static readonly NetworkSummary LeNet = new(
        "LeNet",
        [new Port("input", [1, 28, 28], 784, DataLayout.ChannelsFirst) { Layer = "input" }],
        [new Port("output", [10], 10, DataLayout.ChannelsFirst) { Layer = "linear1" }],
        new LayerSummary("input", "Input", [1, 28, 28], 0, 0, [1, 1]),
        new LayerSummary("conv1", "Conv", [20, 28, 28], 520, 392_000, [5, 5]),
        new LayerSummary("maxpool1", "MaxPool", [20, 14, 14], 0, 0, [6, 6]),
        new LayerSummary("linear1", "Linear", [10], 39_210, 39_200, []));

    [Fact]
    public void Totals_are_the_sums_over_the_layers()
    {
        Assert.Equal(39_730, LeNet.Parameters);
        Assert.Equal(431_200, LeNet.MultiplyAdds);
        Assert.Equal(4 * (784 + 15_680 + 3_920 + 10), LeNet.ActivationBytes);
    }

    [Fact]
    public void It_prints_as_an_aligned_table()
    {
        Assert.Equal(
            """
            LeNet: 1x28x28 -> 10
            layer     kind     output    parameters  multiply-adds  receptive field  activation bytes
            --------  -------  --------  ----------  -------------  ---------------  ----------------
            input     Input    1x28x28            0              0              1x1             3,136
            conv1     Conv     20x28x28         520        392,000              5x5            62,720
            maxpool1  MaxPool  20x14x14           0              0              6x6            15,680
            linear1   Linear   10            39,210         39,200                                 40
            --------  -------  --------  ----------  -------------  ---------------  ----------------
            total                            39,730        431,200                             81,576

            """,
            LeNet.ToString());
    }

    [Fact]
    public void An_argument_is_found_by_its_name()
    {
        LayerSummary layer = new("conv1", "Conv", [20, 28, 28], 520, 392_000, [5, 5]) { Inputs = ["input"], Arguments = "kernel=5,5 stride=1,1 groups=1" };
        Assert.Equal("5,5", layer.Arguments.Text("kernel"));
        Assert.Equal([5, 5], layer.Arguments.Numbers("kernel"));
        Assert.Equal(1, layer.Arguments.Number("groups"));
        Assert.True(layer.Arguments.Flag("groups"));
        Assert.True(layer.Arguments.Contains("stride"));
        Assert.False(layer.Arguments.Contains("strid"));
        Assert.Equal(["kernel", "stride", "groups"], layer.Arguments.Names);
        Assert.Equal("kernel=5,5 stride=1,1 groups=1", layer.Arguments.ToString());
    }

    [Theory]
    [InlineData("kernel")]
    [InlineData("stride=1 =5")]
    public void A_text_without_a_name_for_each_value_is_refused(string text)
    {
        Assert.Contains("name=value", Assert.Throws<ArgumentException>(() => LayerArguments.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_that_a_layer_lacks_is_named_with_those_that_it_has()
    {
        LayerSummary layer = new("conv1", "Conv", [20, 28, 28], 520, 392_000, [5, 5]) { Arguments = "kernel=5,5" };
        string message = Assert.Throws<ArgumentException>(() => layer.Arguments.Text("slope")).Message;
        Assert.Contains("no argument 'slope'", message, StringComparison.Ordinal);
        Assert.Contains("kernel=5,5", message, StringComparison.Ordinal);
    }
}
