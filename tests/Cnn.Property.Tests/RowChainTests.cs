using Cnn.Property.Tests.Compiling;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

/// <summary>A predictor does convolutions row by row where the maps around them are large, whatever windows and borders are.</summary>
public sealed class RowChainTests
{
    private const int Channels = 128;

    private static readonly Window Padded = new(3) { Padding = 1 };

    public static TheoryData<string> Names => [.. Networks.Names];

    private static DeclaredNetworks Networks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["expand, depthwise and project"] = new(
            new InputLayer(new MapShape(3, 33, 33)), new ConvLayer(Channels, new Window(1)), Depthwise(Padded), new ConvLayer(5, new Window(1))),
        ["strides, and padding on one side"] = new(
            new InputLayer(new MapShape(2, 34, 33)), new ConvLayer(Channels, new Window(3) { Paddings = [1, 0, 1, 2] }) { Bias = false },
            Depthwise(new Window(3) { Strides = [2, 1], Paddings = [0, 1, 2, 1] }), new BatchNormLayer()),
        ["rows far apart"] = new(
            new InputLayer(new MapShape(2, 33, 34)), new ConvLayer(Channels, new Window(1)),
            Depthwise(new Window(3, 2) { Dilations = [5, 2], Paddings = [5, 0, 5, 2] }), new ConvLayer(9, new Window(1)), new ActivationLayer("ReLU")),
        ["another reader behind the depthwise one"] = new(
            new InputLayer(new MapShape(2, 33, 33)), new ConvLayer(Channels, new Window(1)), Depthwise(Padded) with { Name = "middle" },
            new ConvLayer(Channels, new Window(1)), new AddLayer("middle")),
        ["the caller's planes, and the mean of all positions"] = new(
            new InputLayer(new MapShape(3, 33, 33)), new ConvLayer(Channels, new Window(1)), Depthwise(Padded), new ConvLayer(40, new Window(1)),
            new GlobalAvgPoolLayer()),
        ["planes of a depthwise convolution, padded"] = new(
            new InputLayer(new MapShape(Channels - 5, 19, 17)), new ConvLayer(Channels - 5, Padded) { Groups = Channels - 5 }, new ConvLayer(3, new Window(1))),
        ["planes of which few rows are read"] = new(
            new InputLayer(new MapShape(21, 20, 11)), new ConvLayer(7, new Window(1) { Strides = [3, 2] }), new ActivationLayer("ReLU")),
        ["planes of which some rows are read, with padding"] = new(
            new InputLayer(new MapShape(9, 23, 10)), new ConvLayer(11, new Window(2) { Strides = [3, 3], Paddings = [1, 0, 1, 1] }), new GlobalMaxPoolLayer()),
        ["a mean of rows that are no multiple of four"] = new(
            new InputLayer(new MapShape(2, 45, 47)), new ConvLayer(24, new Window(3) { Padding = 1 }), new GlobalAvgPoolLayer()),
        ["a mean of one block"] = new(
            new InputLayer(new MapShape(3, 9, 13)), new ConvLayer(160, new Window(1)), new ActivationLayer("ReLU6"), new GlobalAvgPoolLayer()),
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_with_it_agrees_with_the_oracle_on_every_set_and_number_of_threads(string name)
    {
        Networks.Check(name);
        Assert.Contains(PlannedSteps.OfPredictor(Networks.Describe(name)), static step => step.EndsWith("Rows", StringComparison.Ordinal));
    }

    private static ConvLayer Depthwise(Window window) => new(Channels, window) { Groups = Channels };
}
