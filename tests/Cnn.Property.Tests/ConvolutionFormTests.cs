using Cnn.Property.Tests.Compiling;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

/// <summary>Convolutions that are computed in another form than that of their definition.</summary>
public sealed class ConvolutionFormTests
{
    public static TheoryData<string> Larger => [.. LargerNetworks.Names];

    public static TheoryData<string> Spread => [.. SpreadNetworks.Names];

    public static TheoryData<string> Lines => [.. LineNetworks.Names];

    private static DeclaredNetworks LineNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["a square"] = On(4, 4, new ConvLayer(48, new Window(3) { Padding = 1 })),
        ["a wide kernel"] = On(5, 7, new ConvLayer(33, new Window(7) { Padding = 3 })),
        ["steps"] = On(7, 7, new ConvLayer(64, new Window(5) { Stride = 2, Padding = 2 })),
        ["gaps"] = On(4, 4, new ConvLayer(48, new Window(3) { Padding = 3, Dilation = 3 })),
        ["each channel"] = On(4, 4, new ConvLayer(64, new Window(1)), new ConvLayer(64, new Window(3) { Padding = 1 }) { Groups = 64 }),
        ["each channel, with gaps"] = On(
            4, 4, new ConvLayer(64, new Window(1)), new ConvLayer(64, new Window(3) { Padding = 3, Dilation = 3 }) { Groups = 64 }),
        ["groups"] = On(9, 9, new ConvLayer(27, new Window(9) { Padding = 4 }) { Groups = 9 }),
        ["groups of more inputs"] = On(9, 9, new ConvLayer(6, new Window(9) { Padding = 4 }) { Groups = 3 }),
        ["a volume"] = new([new InputLayer(new MapShape(3, 3, 4, 4)), new ConvLayer(48, new Window(3) { Padding = 1 })]),
        ["panels"] = On(5, 4, new ConvLayer(48, new Window(1)), new ConvLayer(64, new Window(7) { Padding = 3 }), new ActivationLayer("ReLU")),
    });

    private static DeclaredNetworks LargerNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["one position"] = On(1, 1, new ConvLayer(4, new Window(7) { Padding = 3 })),
        ["one position, of each channel"] = On(1, 1, new ConvLayer(9, new Window(5) { Padding = 2 }) { Groups = 9 }),
        ["one position, in groups"] = On(1, 1, new ConvLayer(6, new Window(3) { Padding = 1 }) { Groups = 3 }),
        ["a column"] = On(5, 1, new ConvLayer(4, new Window(3) { Padding = 1 })),
        ["steps"] = On(2, 2, new ConvLayer(20, new Window(3) { Stride = 2, Padding = 1 })),
        ["gaps"] = On(4, 4, new ConvLayer(5, new Window(3) { Padding = 3, Dilation = 3 })),
        ["a last channel"] = On(2, 3, new ConvLayer(18, new Window(6) { Padding = 5 })),
        ["nothing but padding"] = On(2, 2, new ConvLayer(5, new Window(2) { Stride = 3, Padding = 1, Dilation = 3 })),
        ["between two others"] = On(1, 1, new ConvLayer(8, new Window(1)), new ConvLayer(8, new Window(3) { Padding = 1 }), new ConvLayer(3, new Window(1))),
    });

    private static DeclaredNetworks SpreadNetworks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["one output"] = On(5, 6, new ConvLayer(3, new Window(3) { Padding = 1 }) { Groups = 3 }),
        ["some outputs"] = On(5, 6, new ConvLayer(6, new Window(1)) { Groups = 3 }),
        ["more outputs than inputs"] = On(5, 6, new ConvLayer(24, new Window(5) { Padding = 2 }) { Groups = 3 }),
        ["one input"] = On(5, 6, new ConvLayer(27, new Window(3) { Padding = 1 }) { Groups = 9 }),
        ["one input and a stride"] = On(9, 8, new ConvLayer(18, new Window(3) { Stride = 2, Padding = 1 }) { Groups = 9 }),
        ["a volume"] = new([new InputLayer(new MapShape(6, 3, 4, 5)), new ConvLayer(4, new Window(3) { Padding = 1 }) { Groups = 2 }]),
        ["an activation"] = On(
            5, 6, new ConvLayer(12, new Window(3) { Padding = 1 }) { Groups = 3 }, new ActivationLayer("ReLU"), new ConvLayer(2, new Window(1))),
        ["behind another"] = On(5, 6, new ConvLayer(12, new Window(1)), new ConvLayer(20, new Window(3) { Padding = 1 }) { Groups = 4 }),
        ["half a vector left"] = On(5, 6, new ConvLayer(8, new Window(1)), new ConvLayer(24, new Window(3) { Padding = 1 }) { Groups = 8 }),
        ["more than a block"] = On(3, 4, new ConvLayer(40, new Window(1)), new ConvLayer(200, new Window(3) { Padding = 1 }) { Groups = 40 }),
        ["blocks"] = On(3, 4, new ConvLayer(64, new Window(1)), new ConvLayer(128, new Window(1)) { Groups = 32 }),
    });

    [Theory]
    [MemberData(nameof(Larger))]
    public void Taps_that_meet_padding_alone_add_nothing(string which) => LargerNetworks.Check(which);

    [Theory]
    [MemberData(nameof(Lines))]
    public void Positions_that_meet_padding_alone_at_a_tap_are_left_out_of_it(string which)
    {
        LineNetworks.Check(which);
        Assert.True(PlannedSteps.HasLines(LineNetworks.Describe(which)));
    }

    [Fact]
    public void Lines_skip_the_panels_of_taps_that_meet_padding_alone() => Assert.True(PlannedSteps.SkipsPanels(LineNetworks.Describe("panels")));

    [Theory]
    [MemberData(nameof(Spread))]
    public void Groups_of_few_outputs_lie_side_by_side(string which)
    {
        SpreadNetworks.Check(which);
        Assert.Contains(PlannedSteps.OfLanes(SpreadNetworks.Describe(which)), static kernel => kernel.Inputs > 1 || kernel.Repeats > 1);
    }

    [Theory]
    [InlineData("one output", false)]
    [InlineData("one input", false)]
    [InlineData("a volume", false)]
    [InlineData("behind another", true)]
    [InlineData("half a vector left", false)]
    public void Inputs_of_groups_are_moved_only_where_several_come_from_another_layer(string which, bool moves) =>
        Assert.Equal(moves, PlannedSteps.OfPredictor(SpreadNetworks.Describe(which)).Any(static step => step.EndsWith("Regroup", StringComparison.Ordinal)));

    private static NetworkDescription On(int rows, int columns, params Layer[] layers) => new([new InputLayer(new MapShape(9, rows, columns)), .. layers]);
}
