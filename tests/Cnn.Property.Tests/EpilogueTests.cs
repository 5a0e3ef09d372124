using Cnn.Definitions;
using Cnn.Property.Tests.Compiling;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

/// <summary>
/// Predictors, trainers and traces compute what the layers say, one by one, where activations and residual sums are done on sums before they are stored; where
/// that is legal, what is called "sum" and "act" is no step of its own.
/// </summary>
public sealed class EpilogueTests
{
    private static readonly Window Padded = new(3) { Padding = 1 };
    private static readonly ActivationLayer ReLU = new("ReLU") { Name = "act" };
    private static readonly AddLayer Sum = new("first") { Name = "sum" };

    /// <summary>What comes before, and a layer whose sums are finished.</summary>
    private static readonly Dictionary<string, (Layer[] Before, Layer Host)> Hosts = new()
    {
        ["a convolution"] = ([new InputLayer(new MapShape(4, 6, 7)), First], new ConvLayer(4, Padded)),
        ["a convolution with groups"] = ([new InputLayer(new MapShape(4, 5, 4)), new ConvLayer(6, Padded) { Groups = 2, Name = "first" }],
            new ConvLayer(6, Padded) { Groups = 2 }),
        ["a convolution whose last channels lie apart"] =
            ([new InputLayer(new MapShape(12, 5, 6)), new ConvLayer(18, new Window(1)) { Name = "first" }], new ConvLayer(18, Padded)),
        ["a transposed convolution"] =
            ([new InputLayer(new MapShape(3, 3, 2)), new ConvTransposeLayer(6, new Window(2) { Stride = 2 }) { Name = "first" }],
            new ConvTransposeLayer(6, Padded)),
        ["a linear layer"] = ([new InputLayer(new MapShape(9)), new LinearLayer(21) { Name = "first" }], new LinearLayer(21)),
    };

    public static TheoryData<string> Activated => [.. ActivatedNetworks.Names];

    public static TheoryData<string> Finished => [.. FinishedNetworks.Names];

    public static TheoryData<string> Kept => [.. KeptNetworks.Names];

    public static TheoryData<string> Trained => [.. TrainedNetworks.Names];

    private static DeclaredNetworks ActivatedNetworks { get; } = new(ActivationTable.All
        .Where(static definition => definition.IsCheap)
        .SelectMany(static definition => Activate(definition.Name, ActivationLayer.Variants(definition).Last() with { Name = "act" }))
        .ToDictionary());

    private static DeclaredNetworks FinishedNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["behind a convolution of each channel"] = OnImage(First, new ConvLayer(4, Padded) { Groups = 4 }, Sum, ReLU),
        ["behind a convolution of each channel with several outputs"] = OnImage(
            new ConvLayer(8, new Window(1)) { Name = "first" }, new ConvLayer(4, new Window(1)), new ConvLayer(8, Padded) { Groups = 4 }, Sum, ReLU),
        ["behind Winograd's tiles"] = OnMap(new MapShape(32, 9, 7), new ConvLayer(32, Padded) { Name = "first" }, new ConvLayer(32, Padded), Sum, ReLU),
        ["behind Winograd's tiles, read with another border"] = OnMap(
            new MapShape(32, 8, 8), new ConvLayer(32, Padded) { Name = "first" }, new ConvLayer(32, Padded), Sum, ReLU,
            new ConvLayer(5, new Window(5) { Padding = 2 })),
        ["of the network's input"] = OnImage(new DropoutLayer(0) { Name = "first" }, new ConvLayer(4, Padded), Sum, ReLU),
        ["of the input of the same convolution"] = OnImage(new ConvLayer(8, new Window(1)) { Name = "first" }, new ConvLayer(8, Padded), Sum, ReLU),
        ["of the other branch of two"] = OnImage(
            new ConvLayer(5, Padded) { Name = "first" }, new ConvLayer(8, Padded) { Name = "main" },
            new ConvLayer(8, new Window(1)) { From = "first" }, new AddLayer("main") { Name = "sum" }, ReLU, new ConvLayer(5, Padded)),
        ["twice"] = OnImage(
            First, new ConvLayer(4, Padded), Sum, new ConvLayer(4, new Window(1)), Sum with { Name = "sum2" }, ReLU),
        ["before a pool that undoes the activation"] = OnImage(First, new ConvLayer(4, Padded), Sum, ReLU, new MaxPoolLayer(new Window(2))),
        ["with a panel of weights after the other"] = OnMap(
            new MapShape(300, 2, 3), new ConvLayer(24, new Window(1)) { Name = "first" }, new ConvLayer(300, new Window(1)), new ConvLayer(24, Padded), Sum,
            ReLU),
        ["behind a norm that is folded"] = OnImage(First, new ConvLayer(4, Padded) { Bias = false }, new BatchNormLayer(), Sum, ReLU),
        ["behind two norms that are folded"] = OnImage(
            new ConvLayer(5, Padded) { Name = "first" }, new ConvLayer(8, Padded), new BatchNormLayer { Name = "main" },
            new ConvLayer(8, new Window(1)) { From = "first" }, new BatchNormLayer(), new AddLayer("main") { Name = "sum" }, ReLU, new ConvLayer(5, Padded)),
        ["behind a convolution along one axis"] = OnMap(
            new MapShape(4, 19), new ConvLayer(16, new Window(1)) { Name = "first" }, new ConvLayer(16, Padded), Sum, ReLU),
        ["behind a convolution in three axes"] = OnMap(
            new MapShape(4, 3, 4, 5), new ConvLayer(16, new Window(1)) { Name = "first" }, new ConvLayer(16, Padded), Sum, ReLU),
    });

    private static DeclaredNetworks KeptNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["of what somebody else reads too"] = OnImage(First, new ConvLayer(4, Padded) { Name = "main" }, Sum, ReLU, new AddLayer("main")),
        ["whose operand is repeated"] = OnImage(
            new ConvLayer(4, Padded) { Name = "main" }, new ReduceMeanLayer([2, 3]) { KeepAxes = true, Name = "first" },
            new ConvLayer(4, Padded) { From = "main" }, Sum, ReLU),
    });

    private static DeclaredNetworks TrainedNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["behind a norm"] = OnImage(First, new ConvLayer(4, Padded), new BatchNormLayer(), ReLU),
        ["behind a norm, with a residual"] = OnImage(First, new ConvLayer(4, Padded), new BatchNormLayer(), Sum, ReLU, new ConvLayer(3, Padded)),
        ["behind a norm, a residual alone"] = OnImage(First, new ConvLayer(4, Padded), new BatchNormLayer(), Sum),
        ["behind the later of two norms"] = OnImage(
            new ConvLayer(5, Padded) { Name = "first" }, new ConvLayer(8, Padded), new BatchNormLayer { Name = "main" },
            new ConvLayer(8, new Window(1)) { From = "first" }, new BatchNormLayer(), new AddLayer("main") { Name = "sum" }, ReLU, new ConvLayer(5, Padded)),
        ["behind a norm of vectors"] = OnMap(
            new MapShape(9), new LinearLayer(7) { Name = "first" }, new LinearLayer(7), new BatchNormLayer(), Sum, ReLU, new LinearLayer(3)),
        ["behind a norm, an activation with an exponential"] = OnImage(
            First, new ConvLayer(4, Padded), new BatchNormLayer(), Sum, new ActivationLayer("Tanh") { Name = "act" }),
        ["behind a norm, before a pool that undoes it"] = OnImage(
            First, new ConvLayer(4, Padded), new BatchNormLayer(), Sum, ReLU, new MaxPoolLayer(new Window(2))),
    });

    private static ConvLayer First => new(4, new Window(1)) { Name = "first" };

    [Theory]
    [MemberData(nameof(Activated))]
    public void An_activation_is_done_on_sums(string which) => CheckFused(ActivatedNetworks, which);

    [Theory]
    [MemberData(nameof(Finished))]
    public void A_residual_is_added_to_sums(string which) => CheckFused(FinishedNetworks, which);

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_sum_that_cannot_be_a_step_of_another_node_is_one_of_its_own(string which)
    {
        KeptNetworks.Check(which);
        Assert.Contains(PlannedSteps.OfPredictor(KeptNetworks.Describe(which)), static step => step.StartsWith("Sum", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void A_trainer_normalises_and_finishes_in_one_pass(string which)
    {
        TrainedNetworks.Check(which);
        Assert.DoesNotContain(PlannedSteps.OfForward(TrainedNetworks.Describe(which)), IsOfItsOwn);
    }

    private static void CheckFused(DeclaredNetworks networks, string which)
    {
        networks.Check(which);
        Assert.DoesNotContain(PlannedSteps.OfPredictor(networks.Describe(which)), IsOfItsOwn);
    }

    private static bool IsOfItsOwn(string step) => step.StartsWith("Sum", StringComparison.Ordinal) || step.StartsWith("Act", StringComparison.Ordinal);

    /// <summary>Behind everything with a weight: alone, behind a residual, and before one.</summary>
    private static IEnumerable<KeyValuePair<string, NetworkDescription>> Activate(string name, ActivationLayer activation) =>
        Hosts.Select(host => KeyValuePair.Create($"{name} behind {host.Key}", new NetworkDescription([
            .. host.Value.Before,
            host.Value.Host, activation,
            host.Value.Host, Sum, activation with { Name = "act2" },
            host.Value.Host, activation with { Name = "act3" }, Sum with { Name = "sum2" }])));

    private static NetworkDescription OnImage(params Layer[] layers) => OnMap(new MapShape(4, 6, 8), layers);

    private static NetworkDescription OnMap(MapShape shape, params Layer[] layers) => new([new InputLayer(shape), .. layers]);
}
