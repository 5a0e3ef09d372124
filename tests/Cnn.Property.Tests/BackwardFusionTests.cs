using Cnn.Property.Tests.Compiling;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

/// <summary>Gradients are right in whichever way the backward pass is planned: an activation undone along the way, and the last channels apart.</summary>
public sealed class BackwardFusionTests
{
    private static readonly ActivationLayer Activation = new("ReLU") { Name = "relu" };

    public static TheoryData<string> Undone => [.. UndoneNetworks.Names];

    public static TheoryData<string> Kept => [.. KeptNetworks.Names];

    public static TheoryData<string> Apart => [.. ApartNetworks.Names];

    public static TheoryData<string> Normalized => [.. NormalizedNetworks.Names];

    public static TheoryData<string> Shared => [.. SharedNetworks.Names];

    public static TheoryData<string> Linear => [.. LinearNetworks.Names];

    private static DeclaredNetworks UndoneNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["behind a convolution whose input wants a gradient"] = OnImage(
            new ConvLayer(5, new Window(1)), new ConvLayer(6, new Window(3) { Padding = 1 }) { Name = "conv" }, Activation, new MaxPoolLayer(new Window(2))),
        ["behind the first convolution"] = OnImage(new ConvLayer(6, new Window(3) { Padding = 1 }) { Name = "conv" }, Activation,
            new MaxPoolLayer(new Window(2))),
        ["under windows that overlap"] = OnImage(
            new ConvLayer(5, new Window(1)), new ConvLayer(6, new Window(3) { Padding = 1 }) { Name = "conv" }, Activation,
            new MaxPoolLayer(new Window(3) { Stride = 2, Padding = 1 })),
        ["with a slope below zero"] = OnImage(
            new ConvLayer(5, new Window(1)), new ConvLayer(6, new Window(3)) { Name = "conv" }, new ActivationLayer("LeakyReLU", ("Slope", 0.2)),
            new MaxPoolLayer(new Window(2))),
        ["behind a transposed convolution"] = OnImage(new ConvTransposeLayer(4, new Window(3) { Stride = 2 }) { Name = "conv" }, Activation,
            new MaxPoolLayer(new Window(2))),
        ["behind a norm"] = OnImage(new ConvLayer(5, new Window(3)), new BatchNormLayer(), Activation, new MaxPoolLayer(new Window(2))),
        ["of an activation of its own"] = OnImage(new ConvLayer(5, new Window(3)), new BatchNormLayer(), new ActivationLayer("Tanh") { Name = "relu" },
            new MaxPoolLayer(new Window(2))),
    });

    private static DeclaredNetworks KeptNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["that somebody else reads too"] = OnImage(
            new ConvLayer(4, new Window(3) { Padding = 1 }) { Name = "conv" }, Activation,
            new MaxPoolLayer(new Window(3) { Stride = 1, Padding = 1 }), new AddLayer("relu")),
        ["under a mean"] = OnImage(new ConvLayer(6, new Window(3) { Padding = 1 }) { Name = "conv" }, Activation, new AvgPoolLayer(new Window(2))),
        ["whose derivative wants its input"] = OnImage(new ConvLayer(6, new Window(3)), new ActivationLayer("SiLU") { Name = "relu" },
            new MaxPoolLayer(new Window(2))),
    });

    private static DeclaredNetworks ApartNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["2 of 18, 3 x 3 taps of 12 inputs"] = OnMap(new MapShape(12, 5, 6), new ConvLayer(18, new Window(3) { Padding = 1 })),
        ["1 of 17, a stride"] = OnMap(new MapShape(12, 7, 6), new ConvLayer(17, new Window(3) { Stride = 2, Padding = 1 })),
        ["2 of 2, nothing left"] = OnMap(new MapShape(12, 5, 6), new ConvLayer(2, new Window(3) { Padding = 1 })),
        ["2 of 18, taps apart"] = OnMap(new MapShape(20, 7, 6), new ConvLayer(18, new Window(3) { Dilation = 2, Padding = 2 })),
        ["1 of 17, a plain product"] = OnMap(new MapShape(40, 3, 4), new ConvLayer(17, new Window(1))),
        ["2 of 18, one axis"] = OnMap(new MapShape(12, 15), new ConvLayer(18, new Window(5) { Padding = 2 })),
        ["2 of 18, three axes"] = OnMap(new MapShape(12, 4, 3, 5), new ConvLayer(18, new Window(3) { Padding = 1 })),
        ["2 of 18 inputs of a transposed convolution"] = OnMap(new MapShape(18, 3, 4),
            new ConvTransposeLayer(12, new Window(3) { Stride = 2 }) { Name = "conv" }),
    });

    private static DeclaredNetworks LinearNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["blocks of outputs that are equally wide"] = OnMap(new MapShape(13), new LinearLayer(128), new LinearLayer(3)),
        ["blocks of outputs that are not"] = OnMap(new MapShape(13), new LinearLayer(80), new LinearLayer(3)),
        ["a last block with padding"] = OnMap(new MapShape(13), new LinearLayer(125), new LinearLayer(3)),
        ["a map whose channels are no whole vectors"] = OnImage(new ConvLayer(5, new Window(3)), new FlattenLayer(), new LinearLayer(70)),
        ["a map whose channels are whole vectors"] = OnImage(new ConvLayer(8, new Window(3)), new FlattenLayer(), new LinearLayer(7)),
        ["a map of one position"] = OnImage(new ConvLayer(13, new Window(6, 8)), new FlattenLayer(), new LinearLayer(7)),
    });

    private static DeclaredNetworks NormalizedNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["before a convolution with a border"] = OnImage(
            new ConvLayer(18, new Window(3)), new BatchNormLayer(), new ActivationLayer("ReLU"), new ConvLayer(3, new Window(3) { Padding = 1 })),
        ["with a slope below zero"] = OnImage(new ConvLayer(5, new Window(3)), new BatchNormLayer(), new ActivationLayer("LeakyReLU", ("Slope", 0.2))),
        ["with a largest output"] = OnImage(new ConvLayer(5, new Window(3)), new BatchNormLayer(), new ActivationLayer("ReLU6")),
        ["of a vector"] = OnMap(new MapShape(13), new LinearLayer(20), new BatchNormLayer(), new ActivationLayer("ReLU"), new LinearLayer(3)),
        ["of the input"] = OnImage(new BatchNormLayer(), new ActivationLayer("ReLU"), new ConvLayer(5, new Window(3))),
    });

    private static DeclaredNetworks SharedNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["around a convolution"] = OnImage(
            new ConvLayer(8, new Window(3)) { Name = "stem" }, new ConvLayer(8, new Window(3) { Padding = 1 }), new AddLayer("stem")),
        ["around a convolution behind an activation"] = OnImage(
            new ConvLayer(8, new Window(3)), Activation, new ConvLayer(8, new Window(3) { Padding = 1 }), new AddLayer("relu")),
        ["around a depthwise convolution"] = OnImage(
            new ConvLayer(16, new Window(3)) { Name = "stem" }, new ConvLayer(16, new Window(3) { Padding = 1 }) { Groups = 16 }, new AddLayer("stem")),
        ["around a convolution whose stride leaves positions without a tap"] = OnImage(
            new ConvLayer(8, new Window(1)) { Name = "stem" }, new ConvLayer(5, new Window(1) { Stride = 2 }),
            new ConvTransposeLayer(8, new Window(2) { Stride = 2 }), new AddLayer("stem")),
    });

    [Theory]
    [MemberData(nameof(Normalized))]
    public void A_norm_undoes_its_activation_along_the_way(string where)
    {
        NormalizedNetworks.Check(where);
        Assert.DoesNotContain(
            PlannedSteps.OfTrainer(NormalizedNetworks.Describe(where)), step => step.EndsWith("ActivationBackward", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Shared))]
    public void A_convolution_adds_what_other_readers_of_its_input_contributed(string where)
    {
        SharedNetworks.Check(where);
        Assert.DoesNotContain(PlannedSteps.OfTrainer(SharedNetworks.Describe(where)), step => step.EndsWith("AddGradients", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Linear))]
    public void A_linear_layer_hands_its_gradient_on_however_its_weight_is_packed(string which) => LinearNetworks.Check(which);

    [Theory]
    [MemberData(nameof(Undone))]
    public void A_pool_undoes_the_activation_before_it(string where)
    {
        UndoneNetworks.Check(where);
        Assert.DoesNotContain(PlannedSteps.OfTrainer(UndoneNetworks.Describe(where)), UndoesActivation);
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void An_activation_that_a_pool_cannot_undo_is_a_step(string where)
    {
        KeptNetworks.Check(where);
        Assert.Contains(PlannedSteps.OfTrainer(KeptNetworks.Describe(where)), UndoesActivation);
    }

    [Theory]
    [MemberData(nameof(Apart))]
    public void The_last_channels_have_their_gradient_apart(string which)
    {
        ApartNetworks.Check(which);
        Assert.Contains(PlannedSteps.OfTrainer(ApartNetworks.Describe(which)), step => step.EndsWith("WeightGradientLastChannels", StringComparison.Ordinal));
    }

    private static bool UndoesActivation(string step) => step is "ConvActivationBackward" or "ReluBackward";

    private static NetworkDescription OnImage(params Layer[] layers) => OnMap(new MapShape(4, 6, 8), layers);

    private static NetworkDescription OnMap(MapShape shape, params Layer[] layers) => new([new InputLayer(shape), .. layers]);
}
