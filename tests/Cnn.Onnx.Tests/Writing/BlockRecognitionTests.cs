using Cnn.Onnx.Tests.Support;
using Cnn.Tool.Importing;

namespace Cnn.Onnx.Tests.Writing;

/// <summary>What a model repeats comes back as blocks, with every parameter under its name: the outputs are the same bits.</summary>
public sealed class BlockRecognitionTests
{
    private const string Sources = """
        namespace Original;

        [Block, Conv(Channels, 3, Stride = Stride, Padding = 1, Bias = false), BatchNorm, ReLU]
        [Conv(Channels, 3, Padding = 1, Bias = false), BatchNorm, Residual, ReLU]
        public sealed class Basic { public const int Channels = 8; [FirstOnly] public const int Stride = 1; }

        [Block, Conv(In * 4, 1, Bias = false), BatchNorm, ReLU6, Conv(In * 4, 3, Stride = Stride, Padding = 1, Groups = In * 4, Bias = false), BatchNorm, ReLU6]
        [Conv(Channels, 1, Bias = false), BatchNorm, Residual(Shortcut = Shortcut.WhereShapesFit)]
        public sealed class Inverted { [InputChannels] public const int In = 8; public const int Channels = 8; [FirstOnly] public const int Stride = 1; }

        [Block, BatchNorm, ReLU, Conv(Growth, 3, Padding = 1, Bias = false, Name = "fresh"), Concat("fresh", From = "input")]
        public sealed class Dense { public const int Growth = 4; }

        [Block, Conv(Squeeze, 1), ReLU(Name = "squeezed"), Conv(2 * Squeeze, 1), ReLU(Name = "left")]
        [Conv(3 * Squeeze, 3, Padding = 1, From = "squeezed"), ReLU, Concat("left")]
        public sealed class Fires { public const int Squeeze = 4; }

        [Block, Conv(In, 3, Stride = Stride, Padding = 1, Groups = In), BatchNorm, ReLU, Conv(Channels, 1), BatchNorm, ReLU]
        public sealed class Separable { [InputChannels] public const int In = 8; public const int Channels = 8; [FirstOnly] public const int Stride = 1; }

        [Network, Input(3, 12, 12), Conv(8, 3, Padding = 1), ReLU]
        [Block<Basic>(8, Repeat = 2), Block<Basic>(12, 2, Repeat = 3), Block<Basic>(16, 2), GlobalAvgPool, Flatten, Linear(4)]
        public sealed partial class Residuals;

        [Network, Input(3, 12, 12), Conv(8, 3, Padding = 1), ReLU]
        [Block<Inverted>(8, Repeat = 2), Block<Inverted>(12, 2, Repeat = 3), Block<Inverted>(16, Repeat = 2), GlobalAvgPool, Flatten, Linear(4)]
        public sealed partial class Bottlenecks;

        [Network, Input(3, 8, 8), Conv(8, 3, Padding = 1)]
        [Block<Dense>(4, Repeat = 4), AvgPool(2), Block<Dense>(4, Repeat = 4), GlobalMaxPool, Flatten, Linear(4)]
        public sealed partial class Joined;

        [Network, Input(3, 12, 12), Conv(8, 3, Padding = 1), ReLU]
        [Block<Fires>(4, Repeat = 2), MaxPool(2), Block<Fires>(6, Repeat = 2), Block<Fires>(8), GlobalAvgPool, Softmax]
        public sealed partial class Modules;

        [Network, Input(3, 16, 16), Conv(8, 3, Stride = 2, Padding = 1), ReLU]
        [Block<Separable>(12), Block<Separable>(16, 2), Block<Separable>(16, Repeat = 4), Block<Separable>(24, 2), GlobalAvgPool, Flatten, Linear(4)]
        public sealed partial class Mobile;

        [Network, Input(3, 12, 12), Conv(8, 3, Padding = 1), ReLU]
        [Block<Basic>(8, Repeat = 3, Name = "early"), Block<Basic>(8, Repeat = 3), Multiply("early"), Block<Basic>(8, Repeat = 2)]
        [GlobalAvgPool, Flatten, Linear(4)]
        public sealed partial class Skipped;
        """;

    private static readonly Lazy<IReadOnlyList<(INetwork Original, Import Import)>> Imports =
        new(() => [.. Reimport.Originals(Sources).Select(network => (network, Reimport.Of(network)))]);

    [Theory]
    [InlineData("Residuals", "[Block<BasicBlock>(8, Repeat = 2)]", "[Block<BasicBlock>(12, 2, Repeat = 3)]", "[Block<BasicBlock>(16, 2)]")]
    [InlineData("Bottlenecks", "[Block<InvertedResidual>(12, 2, Repeat = 3)]", "[Conv(4 * In, 1, Bias = false), BatchNorm, ReLU6]",
        "[Residual(Shortcut = Shortcut.WhereShapesFit)]")]
    [InlineData("Joined", "[Block<DenseLayer>(Repeat = 4)]", "From = \"input\")]")]
    [InlineData("Modules", "[Block<Fire>(4, Repeat = 2), MaxPool(2)]", "[Block<Fire>(8)]", "[Conv(3 * Channels, 3, Padding = 1)")]
    [InlineData("Mobile", "[Block<SeparableConv>(16, 2, Repeat = 5)]", "[Block<SeparableConv>(24, 2)]",
        "[Conv(In, 3, Stride = Stride, Padding = 1, Groups = In")]
    [InlineData("Skipped", "[Block<BasicBlock>(Repeat = 3, Name = ", "[Block<BasicBlock>(Repeat = 2)]")]
    public void What_repeats_is_written_as_a_block(string network, params string[] parts)
    {
        string source = Imports.Value.Single(pair => pair.Import.ClassName == network).Import.Source;
        Assert.All(parts, part => Assert.Contains(part, source, StringComparison.Ordinal));
    }

    [Fact]
    public void Networks_that_come_back_as_blocks_predict_the_same_bits()
    {
        IReadOnlyList<INetwork> copies = Reimport.Compiled([.. Imports.Value.Select(pair => pair.Import)]);
        Assert.Equal(6, copies.Count);
        foreach (((INetwork original, _), INetwork copy) in Imports.Value.Zip(copies))
        {
            Assert.Equal(original.Parameters.Length, copy.Parameters.Length);
            Assert.Equal(Reimport.Predict(original), Reimport.Predict(copy));
        }
    }

    [Fact]
    public void A_block_is_written_only_where_the_declaration_becomes_shorter_by_it()
    {
        const string Short = """
            namespace Original;

            [Network, Input(3, 8, 8), Conv(8, 3, Padding = 1), ReLU, Conv(8, 3, Padding = 1), ReLU, Conv(8, 3, Padding = 1), ReLU, Flatten, Linear(4)]
            public sealed partial class ThreeLayers;
            """;
        Assert.DoesNotContain("[Block", Reimport.Of(Assert.Single(Reimport.Originals(Short))).Source, StringComparison.Ordinal);
    }
}
