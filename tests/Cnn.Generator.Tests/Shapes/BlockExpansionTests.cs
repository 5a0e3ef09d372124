using Cnn.Generator.Model;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Shapes;

public sealed class BlockExpansionTests
{
    private const string Stage =
        """
        [Block]
        [Conv(Channels, 3, Padding = 1), ReLU]
        public sealed class Stage { public const int Channels = 4; }
        """;

    [Fact]
    public void A_blocks_layers_stand_in_the_place_of_its_use()
    {
        ShapedNetwork network = Blocks.Shape(Stage, "[Input(3, 8, 8), Block<Stage>(6), MaxPool(2), Block<Stage>]");
        Assert.Equal(
            ["input1 3x8x8", "stage1.conv1 6x8x8", "stage1.relu1 6x8x8", "maxpool1 6x4x4", "stage2.conv1 4x4x4", "stage2.relu1 4x4x4"],
            network.Outputs());
        Assert.Equal([[], [0], [1], [2], [3], [4]], network.Layers.Select(layer => layer.Inputs.ToArray()));
        Assert.Equal(
            ["stage1.conv1.weight", "stage1.conv1.bias", "stage2.conv1.weight", "stage2.conv1.bias"],
            network.Layers.SelectMany(layer => layer.Parameters).Select(parameter => parameter.Name));
    }

    [Fact]
    public void Repetitions_count_on_and_a_named_use_numbers_its_own() => Assert.Equal(
        ["input1 3", "step1.linear1 4", "step2.linear1 4", "tail1.linear1 5", "tail2.linear1 5", "step5.linear1 6", "head.linear1 7"],
        Blocks.Shape(
            "[Block, Linear(Features)] public sealed class Step { public const int Features = 4; }",
            "[Input(3), Block<Step>(Repeat = 2), Block<Step>(5, Repeat = 2, Name = \"tail\"), Block<Step>(6), Block<Step>(7, Name = \"head\")]").Outputs());

    [Fact]
    public void A_first_only_argument_holds_for_the_first_repetition() => Assert.Equal(
        ["input1 1x16", "down1.conv1 2x8", "down2.conv1 2x8", "down3.conv1 2x8"],
        Blocks.Shape(
            """
            [Block, Conv(Channels, 3, Stride = Stride, Padding = 1)]
            public sealed class Down { public const int Channels = 1; [FirstOnly] public const int Stride = 1; }
            """,
            "[Input(1, 16), Block<Down>(2, 2, Repeat = 3)]").Outputs());

    [Fact]
    public void Input_channels_are_those_of_each_repetition() => Assert.Equal(
        ["input1 3x4", "wider1.conv1 6x4", "wider2.conv1 12x4"],
        Blocks.Shape(
            "[Block, Conv(2 * In, 1)] public sealed class Wider { [InputChannels] public const int In = 100; }",
            "[Input(3, 4), Block<Wider>(Repeat = 2)]").Outputs());

    [Fact]
    public void A_repetition_knows_its_number() => Assert.Equal(
        ["input1 1x32", "wave1.conv1 2x32", "wave2.conv1 4x32", "wave3.conv1 8x32", "wave4.conv1 2x32"],
        Blocks.Shape(
            """
            [Block, Conv(Width << Level, 3, Dilation = 1 << Level, Padding = 1 << Level)]
            public sealed class Wave { public const int Width = 1; [Repetition] public const int Level = 7; }
            """,
            "[Input(1, 32), Block<Wave>(2, Repeat = 3), Block<Wave>(2)]").Outputs());

    [Theory]
    [InlineData("1 << N", 8)]
    [InlineData("-9 >> N", -2)]
    [InlineData("1 << N + 32", 8)]
    [InlineData("1 << 28 + N", int.MinValue)]
    public void Shifts_are_those_of_ints(string expression, int value)
    {
        ShapedNetwork network = Blocks.Shape(
            $$"""[Block, Clip({{expression}}, int.MaxValue)] public sealed class Part { public const int N = 3; }""", "[Input(1, 2), Block<Part>]");
        Assert.Equal(value, Assert.IsType<ActivationSpec>(network.Layers[1].Spec).Numbers[0]);
    }

    [Fact]
    public void A_block_within_a_block_may_be_left_out()
    {
        ShapedNetwork network = Blocks.Shape(
            """
            [Block, Conv(Channels, 1)] public sealed class Point { public const int Channels = 4; }
            [Block]
            [Block<Point>(Wide, Repeat = Wide > In ? 1 : 0, Name = "wide"), ReLU, Block<Point>(Wide, From = "wide"), Add("wide")]
            [Block<Point>(Repeat = 0)]
            public sealed class Part { [InputChannels] public const int In = 1; public const int Wide = 4; }
            """,
            "[Input(3, 8), Block<Part>(3), Block<Part>(5)]");
        Assert.Equal(
            ["input1 3x8", "part1.relu1 3x8", "part1.point2.conv1 3x8", "part1.add1 3x8",
                "part2.wide.conv1 5x8", "part2.relu1 5x8", "part2.point2.conv1 5x8", "part2.add1 5x8"],
            network.Outputs());
        Assert.Equal([[], [0], [0], [2, 0], [3], [4], [4], [6, 4]], network.Layers.Select(layer => layer.Inputs.ToArray()));
    }

    [Fact]
    public void A_default_that_depends_on_other_constants_follows_them_until_it_is_given() => Assert.Equal(
        ["input1 3", "a.linear1 8", "a.linear2 4", "b.linear1 20", "b.linear2 10", "c.linear1 7", "c.linear2 10"],
        Blocks.Shape(
            "[Block, Linear(Hidden), Linear(Features)] public sealed class Two { public const int Features = 4, Hidden = 2 * Features; }",
            "[Input(3), Block<Two>(Name = \"a\"), Block<Two>(10, Name = \"b\"), Block<Two>(10, 7, Name = \"c\")]").Outputs());

    [Fact]
    public void Names_in_a_block_are_its_own_and_input_names_what_it_takes()
    {
        ShapedNetwork network = Blocks.Shape(
            """
            [Block]
            [Conv(Channels, 1, Name = "left")]
            [Conv(Channels, 3, Padding = 1, From = "input")]
            [Concat("left", "input")]
            public sealed class Fork { public const int Channels = 2; }
            """,
            "[Input(1, 8), Conv(3, 1, Name = \"left\"), Block<Fork>, Block<Fork>(From = \"left\"), Concat(\"fork1\", \"left\")]");
        Assert.Equal(
            ["input1 1x8", "left 3x8", "fork1.left 2x8", "fork1.conv2 2x8", "fork1.concat1 7x8", "fork2.left 2x8", "fork2.conv2 2x8",
                "fork2.concat1 7x8", "concat1 17x8"],
            network.Outputs());
        Assert.Equal(
            [[], [0], [1], [1], [3, 2, 1], [1], [1], [6, 5, 1], [7, 4, 1]],
            network.Layers.Select(layer => layer.Inputs.ToArray()));
    }

    [Fact]
    public void Every_repetition_has_a_name_and_a_named_uses_own_is_the_last() => Assert.Equal(
        [[], [0], [1], [2], [3, 1], [4, 3], [5, 2]],
        Blocks.Shape(
            "[Block, Linear(4)] public sealed class Step;",
            "[Input(4), Block<Step>(Repeat = 3, Name = \"run\"), Add(\"run1\"), Add(\"run\"), Add(\"run2\")]").Layers.Select(layer => layer.Inputs.ToArray()));

    [Fact]
    public void Blocks_of_blocks_are_expanded_all_the_way() => Assert.Equal(
        ["input1 3x8", "outer1.inner1.conv1 4x8", "outer1.inner2.conv1 4x8", "outer1.last.conv1 8x8", "outer2.inner1.conv1 6x8",
            "outer2.inner2.conv1 6x8", "outer2.last.conv1 12x8"],
        Blocks.Shape(
            """
            [Block, Block<Inner>(Channels, Repeat = 2), Block<Inner>(2 * Channels, Name = "last")]
            public sealed class Outer { public const int Channels = 4; }
            [Block, Conv(Channels, 1)] public sealed class Inner { public const int Channels = 1; }
            """,
            "[Input(3, 8), Block<Outer>, Block<Outer>(6)]").Outputs());

    [Fact]
    public void A_frozen_use_freezes_everything_in_it()
    {
        ShapedNetwork network = Blocks.Shape(
            "[Block, Conv(4, 1), BatchNorm] public sealed class Inner; [Block, Block<Inner>, Conv(2, 1)] public sealed class Outer;",
            "[Input(3, 8), Block<Outer>(Frozen = true), Conv(2, 1)]");
        Assert.Equal([false, true, true, true, false], network.Layers.Select(layer => layer.Spec.Frozen));
        Assert.Equal(6, network.Layers.Sum(layer => layer.ParameterCount));
    }

    [Theory]
    [InlineData("N + 3 * (N - 1) % 4", 9)]
    [InlineData("-N + +20", 12)]
    [InlineData("N > 4 && N != 5 ? N / 3 : 0", 2)]
    [InlineData("N <= 4 || !(N < 9) ? 1 : ~-N", 7)]
    [InlineData("checked(N * Scale)", 16)]
    [InlineData("(int)(N * Factor)", 12)]
    [InlineData("Width.Factor == 1.5 ? (int)((double)N / 3) : 1", 2)]
    [InlineData("(int)Shortcut.Identity + N * Elsewhere.Two", 17)]
    [InlineData("IsWide ? 100 : N", 100)]
    [InlineData("nameof(N) == \"N\" ? N : 0", 8)]
    public void Arguments_are_evaluated_anew_at_each_use(string expression, int value)
    {
        ShapedNetwork network = Blocks.Shape(
            $$"""
            public static class Elsewhere { public const int Two = 2; }
            [Block, Linear({{expression}})]
            public sealed class Width { public const int N = 5; public const int Scale = 2; const double Factor = 1.5; const bool IsWide = N > 7; }
            """,
            "[Input(3), Block<Width>(8)]");
        Assert.Equal(value, network.Layers[1].OutputShape.Channels);
    }

    [Theory]
    [InlineData("Conv(N, 3, 1, Padding = 1)", "5x6x8")]
    [InlineData("Conv(2, N, N - 2)", "2x2x4")]
    [InlineData("Conv(2, new[] { N, 1 })", "2x2x6")]
    [InlineData("Conv(2, [1, N])", "2x6x2")]
    [InlineData("Conv(kernel: [1, N], outChannels: N + 1)", "6x6x2")]
    [InlineData("Conv(2, 1, Paddings = [0, N, 0, N])", "2x6x16")]
    [InlineData("MaxPool(N, Stride = N - 4)", "3x2x2")]
    public void Every_form_of_an_argument_is_evaluated(string layer, string shape) => Assert.Equal(
        shape,
        Blocks.Shape($"[Block, {layer}] public sealed class One {{ public const int N = 3; }}", "[Input(3, 6, 6), Block<One>(5)]").Outputs[0].Shape.ToString());

    [Fact]
    public void Arguments_of_every_type_may_depend_on_the_use()
    {
        ShapedNetwork network = Blocks.Shape(
            """
            [Block]
            [Conv(2, 1, Bias = N > 1, Name = N > 1 ? "big" : "small"), BatchNorm(Momentum = 1.0 / N), Dropout(N > 1 ? 0 : 0.25)]
            public sealed class One { public const int N = 1; }
            """,
            "[Input(3, 6), Block<One>, Block<One>(4)]");
        Assert.Equal(["small", "big"], network.Layers.Where(layer => layer.Spec is ConvSpec).Select(layer => layer.Spec.Name.Split('.')[1]));
        Assert.Equal([false, true], network.Layers.Select(layer => layer.Spec).OfType<ConvSpec>().Select(conv => conv.Bias));
        Assert.Equal([1f, 0.25f], network.Layers.Select(layer => layer.Spec).OfType<BatchNormSpec>().Select(norm => norm.Momentum));
        Assert.Equal([0.25f, 0f], network.Layers.Select(layer => layer.Spec).OfType<DropoutSpec>().Select(dropout => dropout.Probability));
    }

    [Fact]
    public void A_residual_of_equal_shapes_is_a_sum()
    {
        ShapedNetwork network = Blocks.Shape(Blocks.BasicBlock, "[Input(64, 8, 8), ReLU, Block<BasicBlock>]");
        Assert.Equal(
            ["conv1", "batchnorm1", "relu1", "conv2", "batchnorm2", "residual1", "relu2"],
            network.Layers.Skip(2).Select(layer => layer.Spec.Name["basicblock1.".Length..]));
        Assert.Equal("Add", network.Layers[7].Spec.Kind);
        Assert.Equal([6, 1], network.Layers[7].Inputs);
    }

    [Theory]
    [InlineData("[Input(3, 9, 8), Block<BasicBlock>(4, 2)]", "4x5x4")]
    [InlineData("[Input(3, 9), Block<BasicBlock>(3, 2)]", "3x5")]
    [InlineData("[Input(2, 4, 5, 6), Block<BasicBlock>(3)]", "3x4x5x6")]
    public void A_residual_of_other_shapes_gets_a_projection(string layers, string shape)
    {
        ShapedNetwork network = Blocks.Shape(Blocks.BasicBlock, layers);
        ShapedLayer[] projection = [.. network.Layers.Where(layer => layer.Spec.Name.Contains("shortcut", StringComparison.Ordinal))];
        Assert.Equal([$"basicblock1.shortcut {shape}", $"basicblock1.shortcut_norm {shape}"],
            projection.Select(layer => $"{layer.Spec.Name} {layer.OutputShape}"));
        Assert.Equal([0], projection[0].Inputs);
        Assert.Equal(["basicblock1.shortcut.weight"], projection[0].Parameters.Select(parameter => parameter.Name));
        ShapedLayer sum = network.Layers.Single(layer => layer.Spec.Kind == BinarySpec.Add);
        Assert.Equal([5, 7], sum.Inputs);
        Assert.Equal(shape, sum.OutputShape.ToString());
    }

    [Fact]
    public void The_projection_of_a_flat_vector_is_a_linear_layer() => Assert.Equal(
        ["input1 3", "wide1.linear1 5", "wide1.shortcut 5", "wide1.shortcut_norm 5", "wide1.residual1 5"],
        Blocks.Shape("[Block, Linear(5), Residual] public sealed class Wide;", "[Input(3), Block<Wide>]").Outputs());

    [Fact]
    public void A_second_residual_has_a_projection_of_its_own() => Assert.Equal(
        ["linear1", "shortcut", "shortcut_norm", "residual1", "linear2", "shortcut2", "shortcut2_norm", "residual2"],
        Blocks.Shape("[Block, Linear(5), Residual, Linear(4), Residual] public sealed class Twice;", "[Input(3), Block<Twice>]")
            .Layers.Skip(1).Select(layer => layer.Spec.Name["twice1.".Length..]));

    [Fact]
    public void A_shortcut_where_shapes_fit_is_left_out_where_they_do_not()
    {
        ShapedNetwork network = Blocks.Shape(Blocks.InvertedResidual, "[Input(8, 8, 8), Block<InvertedResidual>(4, 2, Repeat = 2)]");
        Assert.Equal(["invertedresidual2.residual1"], network.Layers.Where(layer => layer.Spec.Kind == BinarySpec.Add).Select(layer => layer.Spec.Name));
        Assert.Equal([48, 48, 4, 24, 24, 4], network.Layers.Where(layer => layer.Spec is ConvSpec).Select(layer => layer.OutputShape.Channels));
        Assert.Equal([1, 48, 1, 1, 24, 1], network.Layers.Select(layer => layer.Spec).OfType<ConvSpec>().Select(conv => conv.Groups));
    }

    [Fact]
    public void A_residual_that_is_left_out_can_end_a_block_that_others_read() => Assert.Equal(
        [[], [0], [1], [2, 1]],
        Blocks.Shape(
            "[Block, Conv(4, 1), Residual(Shortcut = Shortcut.WhereShapesFit)] public sealed class Open;",
            "[Input(3, 8), Block<Open>, ReLU, Add(\"open1\")]").Layers.Select(layer => layer.Inputs.ToArray()));

    /// <summary>
    /// torchvision: 7,978,856 parameters and 2.83 billion multiply-adds. The networks that are generated are compared in tests/Cnn.Zoo.Tests.
    /// </summary>
    [Fact]
    public void DenseNet121_has_its_published_size()
    {
        ShapedNetwork network = Blocks.Shape(
            Blocks.Source("DenseLayer") + Blocks.Source("DenseTransition"),
            """
            [Input(3, 224, 224)]
            [Conv(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm, ReLU, MaxPool(3, Stride = 2, Padding = 1)]
            [Block<DenseLayer>(Repeat = 6), Block<DenseTransition>]
            [Block<DenseLayer>(Repeat = 12), Block<DenseTransition>]
            [Block<DenseLayer>(Repeat = 24), Block<DenseTransition>]
            [Block<DenseLayer>(Repeat = 16)]
            [BatchNorm, ReLU, GlobalAvgPool, Flatten, Linear(1000)]
            """);
        Assert.Equal(7_978_856, network.Layers.Sum(layer => layer.ParameterCount));
        Assert.InRange(network.Layers.Sum(layer => layer.MultiplyAdds), 2_820_000_000, 2_850_000_000);
    }
}
