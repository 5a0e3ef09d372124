using Cnn.Property.Tests.Compiling;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

/// <summary>
/// A predictor computes what the layers say, one by one, with the running statistics; where it is legal a norm called "norm" is no step of its own.
/// </summary>
public sealed class BatchNormFoldingTests
{
    private static readonly BatchNormLayer Norm = new() { Name = "norm" };

    public static TheoryData<string> Folded => [.. FoldedNetworks.Names];

    public static TheoryData<string> Kept => [.. KeptNetworks.Names];

    private static DeclaredNetworks FoldedNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["behind a convolution"] = OnImage(new ConvLayer(5, new Window(3) { Padding = 1 }), Norm, new ActivationLayer("ReLU")),
        ["behind a convolution without bias"] = OnImage(new ConvLayer(5, new Window(3)) { Bias = false }, Norm, new ActivationLayer("ReLU")),
        ["behind a convolution with groups"] = OnImage(new ConvLayer(8, new Window(3) { Stride = 2 }) { Groups = 4 }, Norm),
        ["behind a convolution of each channel"] = OnImage(new ConvLayer(4, new Window(3)) { Groups = 4 }, Norm, new ActivationLayer("ReLU6")),
        ["behind a convolution as the second of two"] = OnImage(new ConvLayer(5, new Window(3)), new BatchNormLayer { Epsilon = 0.01 },
            Norm, new ActivationLayer("ReLU")),
        ["behind a convolution, without weight and bias"] = OnImage(new ConvLayer(5, new Window(3)), Norm with { Affine = false }, new ActivationLayer("ReLU")),
        ["behind a convolution, frozen"] = OnImage(new ConvLayer(5, new Window(3)), Norm with { Frozen = true }, new ActivationLayer("ReLU")),
        ["behind a convolution, before a padded one"] = OnImage(new ConvLayer(5, new Window(3)), Norm, new ConvLayer(4, new Window(3) { Padding = 1 })),
        ["behind a convolution, read by two"] = OnImage(
            new ConvLayer(4, new Window(3) { Padding = 1 }), Norm, new ConvLayer(4, new Window(1)), new AddLayer("norm"), new ActivationLayer("ReLU")),
        ["behind a linear layer"] = OnFeatures(new LinearLayer(5), Norm, new ActivationLayer("ReLU")),
        ["behind a linear layer without bias"] = OnFeatures(new LinearLayer(9) { Bias = false }, Norm),
        ["behind a transposed convolution"] = OnImage(new ConvTransposeLayer(6, new Window(3) { Stride = 2 }) { Bias = false }, Norm),
        ["behind a transposed convolution with groups"] = OnImage(new ConvTransposeLayer(6, new Window(2)) { Groups = 2 }, Norm, new ActivationLayer("ReLU")),
        ["behind a transposed convolution of each channel"] = OnImage(new ConvTransposeLayer(4, new Window(3)) { Groups = 4, Bias = false }, Norm),
        ["before a convolution"] = OnImage(Norm, new ConvLayer(4, new Window(3))),
        ["before a convolution with groups and a norm behind it"] = OnImage(
            Norm, new ConvLayer(6, new Window(3) { Stride = 2 }) { Groups = 2, Bias = false }, new BatchNormLayer(), new ActivationLayer("ReLU")),
        ["before a convolution of each channel"] = OnImage(new ActivationLayer("Tanh"), Norm, new ConvLayer(4, new Window(3)) { Groups = 4 }),
        ["before a convolution, after constants and another norm"] = OnImage(
            new NormalizeLayer([0.1, -0.2, 0.3, 0], [0.5, 2, -1, 0.7]), new BatchNormLayer(), Norm, new ConvLayer(3, new Window(2, 3))),
        ["between an activation and a convolution"] = OnImage(new ConvLayer(5, new Window(3)), new ActivationLayer("ReLU"), Norm,
            new ConvLayer(4, new Window(3))),
        ["before a linear layer"] = OnFeatures(new ActivationLayer("Tanh"), Norm, new LinearLayer(4)),
        ["before a linear layer on a map"] = OnImage(new MaxPoolLayer(new Window(2)), Norm, new FlattenLayer(), new LinearLayer(3) { Bias = false }),
        ["before a linear layer, on a flattened map"] = OnImage(new ConvLayer(3, new Window(2)), new FlattenLayer(), Norm, new LinearLayer(4)),
        ["of constants, before a convolution"] = OnImage(new NormalizeLayer([0.1, -0.2, 0.3, 0], [0.5, 2, -1, 0.7]) { Name = "norm" },
            new ConvLayer(4, new Window(3))),
        ["of constants, behind a convolution"] = OnImage(new ConvLayer(3, new Window(2)),
            new NormalizeLayer([0.1, -0.2, 0.3], [0.5, 2, 0.7]) { Name = "norm" }),
        ["behind a linear layer on a map"] = OnImage(new ConvLayer(3, new Window(2)), new FlattenLayer(), new LinearLayer(9), Norm with { Epsilon = 0.1 }),
    });

    private static DeclaredNetworks KeptNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["before a convolution whose padding it would move"] = OnImage(Norm, new ConvLayer(4, new Window(3) { Padding = 1 })),
        ["of constants, before a convolution whose padding they would move"] = OnImage(
            new NormalizeLayer([0.1, -0.2, 0.3, 0], [0.5, 2, -1, 0.7]) { Name = "norm" }, new ConvLayer(4, new Window(3) { Paddings = [0, 0, 1, 0] })),
        ["before a transposed convolution, whose edges see less of it"] = OnImage(Norm, new ConvTransposeLayer(3, new Window(3))),
        ["before a convolution and another reader"] = OnImage(Norm, new ConvLayer(4, new Window(1)), new AddLayer("norm")),
        ["behind an activation"] = OnImage(new ConvLayer(5, new Window(3)), new ActivationLayer("ReLU"), Norm, new ActivationLayer("ReLU")),
        ["behind a pool"] = OnImage(new MaxPoolLayer(new Window(2)), Norm),
        ["behind a pool, twice"] = OnImage(new MaxPoolLayer(new Window(2)), Norm, new BatchNormLayer { Affine = false, Epsilon = 0.1 }),
        ["behind a convolution that somebody else reads too"] = OnImage(
            new ConvLayer(4, new Window(3) { Padding = 1 }) { Name = "shared" }, Norm, new ActivationLayer("ReLU"), new AddLayer("shared")),
        ["behind a linear layer that somebody else reads too"] = OnFeatures(new LinearLayer(5) { Name = "shared" }, Norm,
            new ConcatLayer("shared"), new LinearLayer(3)),
    });

    [Theory]
    [MemberData(nameof(Folded))]
    public void A_norm_is_folded(string where)
    {
        FoldedNetworks.Check(where);
        Assert.DoesNotContain(PlannedSteps.OfPredictor(FoldedNetworks.Describe(where)), step => step.StartsWith("Norm", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_norm_that_cannot_be_folded_is_a_step(string where)
    {
        KeptNetworks.Check(where);
        Assert.Contains(PlannedSteps.OfPredictor(KeptNetworks.Describe(where)), step => step.StartsWith("Norm", StringComparison.Ordinal));
    }

    private static NetworkDescription OnImage(params Layer[] layers) => new([new InputLayer(new MapShape(4, 6, 7)), .. layers]);

    private static NetworkDescription OnFeatures(params Layer[] layers) => new([new InputLayer(new MapShape(7)), .. layers]);
}
