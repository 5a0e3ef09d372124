using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>Small networks for the layers that move elements, between those that want them to lie in one way or another.</summary>
internal static class MovementExamples
{
    private static readonly MapShape Flat = new(6);
    private static readonly MapShape Sequence = new(3, 7);
    private static readonly MapShape Image = new(4, 5, 6);
    private static readonly MapShape Volume = new(2, 3, 4, 3);

    private static readonly ConvLayer Padded = new(5, new Window(3) { Padding = 1 });

    public static IEnumerable<KeyValuePair<string, NetworkDescription>> All() => new Dictionary<string, NetworkDescription>
    {
        ["Permute that puts the channels last"] = On(Image, new PermuteLayer(2, 3, 1)),
        ["Permute of height and width"] = On(Image, Padded, new PermuteLayer(1, 3, 2), Padded),
        ["Permute of a sequence"] = On(Sequence, new PermuteLayer(-1, -2), Padded),
        ["Permute of a volume between convolutions"] = On(Volume, Padded, new PermuteLayer(4, 1, 3, 2), Padded),
        ["Permute of nothing"] = On(Image, new PermuteLayer(1, 2, 3), new ActivationLayer("Tanh")),
        ["Reshape to features"] = On(Image, new ReshapeLayer(-1), new LinearLayer(3)),
        ["Reshape of features"] = On(Flat, new LinearLayer(24), new ReshapeLayer(2, 3, 4), Padded),
        ["Reshape of positions alone"] = On(Image, Padded, new ReshapeLayer(5, 3, 10), Padded),
        ["Reshape to lengths that do not divide each other"] = On(new MapShape(4, 6), new ReshapeLayer(3, -1), Padded),
        ["Reshape behind a flat vector"] = On(Image, new FlattenLayer(), new ReshapeLayer(10, -1, 3), new ActivationLayer("Tanh")),
        ["Reshape, Permute and Reshape, with more axes than a window has"] = On(
            new MapShape(8, 3, 2), new ReshapeLayer(2, 2, 2, 3, 2), new PermuteLayer(1, 4, 2, 5, 3), new ReshapeLayer(2, 6, 4), Padded),
        ["Reshape that is read twice"] = On(
            Image, Padded, new ReshapeLayer(5, -1) { Name = "a" }, new ConvLayer(5, new Window(3) { Padding = 1 }), new AddLayer("a")),
        ["Slice of channels"] = On(Image, Padded, new SliceLayer(1, 4), Padded),
        ["Slice of every second column, from the end"] = On(Image, Padded, new SliceLayer(-1) { Step = -2, Axis = -1 }, Padded),
        ["Slice of rows"] = On(Image, new SliceLayer(1, -1) { Axis = 2 }, Padded),
        ["Slice of features"] = On(Flat, new LinearLayer(11), new SliceLayer(2, 100) { Step = 3 }, new LinearLayer(3)),
        ["Slice beside the whole"] = On(
            Sequence, new ConvLayer(4, new Window(1)) { Name = "a" }, new SliceLayer(0, 2), new ConvLayer(4, new Window(1)), new AddLayer("a")),
        ["Slices that are put together again"] = On(
            Volume,
            new ActivationLayer("Tanh") { Name = "whole" },
            new SliceLayer(1) { Axis = 3, Name = "back" },
            new SliceLayer(0, 1) { Axis = 3, From = "whole" },
            new ConcatLayer("back") { Axis = 3 },
            Padded),
        ["Concat along positions"] = On(
            Image, new ConvLayer(3, new Window(1)) { Name = "a" }, new ConvLayer(3, new Window(2) { Stride = 2 }), new ReshapeLayer(3, -1) { Name = "b" },
            new ReshapeLayer(3, -1) { From = "a" }, new ConcatLayer("b", "b") { Axis = -1 }, Padded),
        ["Concat along height"] = On(Image, Padded with { Name = "a" }, new ActivationLayer("Tanh"), new ConcatLayer("a") { Axis = 2 }, Padded),
        ["Softmax over the width"] = On(Image, Padded, new SoftmaxLayer(Logarithm: false) { Axis = 3 }, Padded),
        ["Softmax over the height"] = On(Image, Padded, new SoftmaxLayer(Logarithm: false) { Axis = -2 }, Padded),
        ["LogSoftmax over the depth"] = On(Volume, new ConvLayer(9, new Window(1)), new SoftmaxLayer(Logarithm: true) { Axis = 2 }),
        ["Softmax over features, counted from the end"] = On(Flat, new SoftmaxLayer(Logarithm: false) { Axis = -1 }),
        ["PixelShuffle of an image"] = On(Image, new ConvLayer(12, new Window(1)), new PixelShuffleLayer(2), Padded),
        ["PixelShuffle of an image, depth first"] = On(Image, new ConvLayer(18, new Window(1)), new PixelShuffleLayer(3) { DepthFirst = true }, Padded),
        ["PixelShuffle of a sequence"] = On(Sequence, new PixelShuffleLayer(3), Padded),
        ["PixelShuffle of a volume"] = On(Volume, new ConvLayer(16, new Window(1)), new PixelShuffleLayer(2) { DepthFirst = true }, Padded),
        ["PixelUnshuffle of an image"] = On(new MapShape(3, 4, 6), Padded, new PixelUnshuffleLayer(2), Padded),
        ["PixelUnshuffle of an image, depth first"] = On(new MapShape(3, 4, 6), new PixelUnshuffleLayer(2) { DepthFirst = true }, Padded),
        ["PixelUnshuffle of a volume"] = On(new MapShape(2, 4, 2, 2), Padded, new PixelUnshuffleLayer(2)),
        ["ChannelShuffle of an image"] = On(Image, new ConvLayer(12, new Window(1)), new ChannelShuffleLayer(3), Padded),
        ["ChannelShuffle of features"] = On(Flat, new ChannelShuffleLayer(2), new LinearLayer(3)),
        ["the head of a detector"] = On(
            new MapShape(3, 6, 6),
            new ConvLayer(6, new Window(3) { Stride = 2, Padding = 1 }) { Name = "fine" },
            new ConvLayer(6, new Window(3) { Stride = 2, Padding = 1 }),
            new PermuteLayer(2, 3, 1),
            new ReshapeLayer(-1, 3) { Name = "few" },
            new PermuteLayer(2, 3, 1) { From = "fine" },
            new ReshapeLayer(-1, 3),
            new ConcatLayer("few"),
            new SoftmaxLayer(Logarithm: false) { Axis = -1 }),
    };

    private static NetworkDescription On(MapShape input, params Layer[] layers) => LayerExamples.On(input, layers);
}
