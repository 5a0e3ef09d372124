using Cnn.Property.Tests.Compiling;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

/// <summary>A predictor computes wide 3x3 and 5x5 convolutions by Winograd's tiles, whatever is left over at the edges and whatever is around them.</summary>
public sealed class WinogradTests
{
    private static readonly Window Padded = new(3) { Padding = 1 };
    private static readonly Window WidePadded = new(5) { Padding = 2 };

    public static TheoryData<string> Names => [.. Networks.Names];

    private static DeclaredNetworks Networks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["whole tiles"] = new(new InputLayer(new MapShape(32, 8, 8)), new ConvLayer(32, Padded), new ActivationLayer("ReLU")),
        ["tiles that reach over both edges"] = new(new InputLayer(new MapShape(32, 9, 11)), new ConvLayer(48, Padded), new ActivationLayer("ReLU6")),
        ["no padding"] = new(new InputLayer(new MapShape(40, 13, 9)), new ConvLayer(33, new Window(3))),
        ["padding on one side"] = new(new InputLayer(new MapShape(32, 10, 10)), new ConvLayer(32, new Window(3) { Paddings = [2, 0, 0, 1] })),
        ["several strips"] = new(new InputLayer(new MapShape(48, 37, 30)), new ConvLayer(48, Padded) { Bias = false }, new BatchNormLayer()),
        ["a residual and another reader"] = new(
            new InputLayer(new MapShape(32, 7, 7)), new ConvLayer(32, Padded) { Name = "first" }, new ConvLayer(32, Padded),
            new AddLayer("first"), new ConvLayer(32, Padded)),
        ["5x5: whole tiles, and a pool"] = new(
            new InputLayer(new MapShape(20, 14, 14)), new ConvLayer(50, WidePadded), new ActivationLayer("ReLU"),
            new MaxPoolLayer(new Window(2) { Stride = 2 })),
        ["5x5: tiles that reach over both edges"] = new(
            new InputLayer(new MapShape(24, 9, 11)), new ConvLayer(40, WidePadded), new ActivationLayer("ReLU6")),
        ["5x5: no padding"] = new(new InputLayer(new MapShape(17, 12, 9)), new ConvLayer(33, new Window(5))),
        ["5x5: padding on one side"] = new(new InputLayer(new MapShape(32, 10, 7)), new ConvLayer(32, new Window(5) { Paddings = [3, 0, 1, 4] })),
        ["5x5: several strips"] = new(new InputLayer(new MapShape(48, 23, 30)), new ConvLayer(48, WidePadded) { Bias = false }, new BatchNormLayer()),
        ["5x5 beside 3x3"] = new(
            new InputLayer(new MapShape(32, 9, 9)), new ConvLayer(32, Padded) { Name = "first" }, new ConvLayer(32, WidePadded),
            new AddLayer("first"), new ConvLayer(32, Padded)),
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_with_it_agrees_with_the_oracle_on_every_set_and_number_of_threads(string name)
    {
        Networks.Check(name);
        Assert.Contains(PlannedSteps.OfPredictor(Networks.Describe(name)), static step => step.EndsWith("Products", StringComparison.Ordinal));
    }
}
