using Cnn.Definitions;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>A small network for every layer and everything that its arguments change, in all numbers of axes that it takes.</summary>
internal static class LayerExamples
{
    private static readonly MapShape Flat = new(6);
    private static readonly MapShape Sequence = new(3, 7);
    private static readonly MapShape Image = new(4, 5, 6);
    private static readonly MapShape Volume = new(2, 3, 4, 3);

    public static IReadOnlyDictionary<string, NetworkDescription> All { get; } =
        new[] { Convolutions, Transposed, Pools, Shapes, MovementExamples.All, Norms, Activations, Reductions, Graphs, Blocks }
            .SelectMany(examples => examples()).ToDictionary();

    public static NetworkDescription On(MapShape input, params Layer[] layers) => new([new InputLayer(input), .. layers]);

    private static IEnumerable<KeyValuePair<string, NetworkDescription>> Convolutions() => new Dictionary<string, NetworkDescription>
    {
        ["Conv on a sequence"] = On(Sequence, new ConvLayer(4, new Window(3) { Stride = 2, Padding = 1 })),
        ["Conv with groups and paddings of its own at each end"] = On(
            Image, new ConvLayer(6, new Window(2, 3) { Paddings = [1, 0, 2, 1], Strides = [2, 1] }) { Groups = 2 }),
        ["Conv with dilations and without bias"] = On(Image, new ConvLayer(3, new Window(2) { Dilations = [3, 2] }) { Bias = false }),
        ["Conv of each channel alone, with a multiplier"] = On(Image, new ConvLayer(8, new Window(3) { Padding = 1 }) { Groups = 4 }),
        ["Conv on a volume"] = On(Volume, new ConvLayer(3, new Window(2, 3, 1) { Padding = 1, Stride = 2 })),
        ["Conv as large as its input"] = On(Image, new ConvLayer(5, new Window(5, 6))),
        ["Conv that is frozen"] = On(Sequence, new ActivationLayer("Tanh"), new ConvLayer(4, new Window(3)) { Frozen = true }, new ConvLayer(2, new Window(1))),
        ["Linear"] = On(Flat, new LinearLayer(5), new LinearLayer(3) { Bias = false }),
    };

    private static IEnumerable<KeyValuePair<string, NetworkDescription>> Transposed() => new Dictionary<string, NetworkDescription>
    {
        ["ConvTranspose on a sequence"] = On(Sequence, new ConvTransposeLayer(4, new Window(4) { Stride = 3 })),
        ["ConvTranspose with groups"] = On(Image, new ConvTransposeLayer(6, new Window(3) { Stride = 2, Padding = 1 })
        {
            Groups = 2,
            OutputPadding = 1,
            Bias = false,
        }),
        ["ConvTranspose with dilations and paddings of its own at each end"] = On(
            Image, new ConvTransposeLayer(3, new Window(2, 3) { Dilations = [2, 1], Paddings = [1, 0, 0, 2] })),
        ["ConvTranspose with output paddings"] = On(Image, new ConvTransposeLayer(2, new Window(2) { Strides = [2, 3] }) { OutputPaddings = [1, 2] }),
        ["ConvTranspose on a volume"] = On(Volume, new ConvTransposeLayer(3, new Window(2) { Strides = [2, 1, 2] })),
    };

    private static IEnumerable<KeyValuePair<string, NetworkDescription>> Pools() => new Dictionary<string, NetworkDescription>
    {
        ["MaxPool on a sequence"] = On(Sequence, new MaxPoolLayer(new Window(3) { Stride = 2, Padding = 1 })),
        ["MaxPool that rounds up"] = On(Image, new MaxPoolLayer(new Window(2) { Stride = 2, Dilation = 2 }) { CeilMode = true }),
        ["MaxPool that rounds up to windows whose last elements are all padding"] = On(new MapShape(2, 10),
            new MaxPoolLayer(new Window(3) { Padding = 1, Dilation = 2 }) { CeilMode = true }),
        ["MaxPool on a volume"] = On(Volume, new MaxPoolLayer(new Window(2, 2, 1) { Stride = 1 })),
        ["AvgPool on a sequence"] = On(Sequence, new AvgPoolLayer(new Window(3) { Padding = 1 })),
        ["AvgPool that rounds up"] = On(Image, new AvgPoolLayer(new Window(3) { Stride = 2, Padding = 1 }) { CeilMode = true }),
        ["AvgPool that rounds up beyond its padding"] = On(
            Image, new AvgPoolLayer(new Window(3, 2) { Strides = [3, 3], Paddings = [1, 0, 0, 1] }) { CeilMode = true },
            new AvgPoolLayer(new Window(2) { Padding = 1, Stride = 3 }) { CeilMode = true, CountIncludePad = false }),
        ["AvgPool that drops a window that starts in the padding"] = On(
            new MapShape(2, 1, 5, 5), new AvgPoolLayer(new Window(3, 2, 4) { Stride = 2, Padding = 1 }) { CeilMode = true, CountIncludePad = false }),
        ["AvgPool that drops a window, whose padding counts"] = On(new MapShape(2, 1, 5, 5),
            new AvgPoolLayer(new Window(3, 2, 4) { Stride = 2, Padding = 1 }) { CeilMode = true }),
        ["AvgPool that rounds up with dilations"] = On(
            new MapShape(2, 6, 10), new AvgPoolLayer(new Window(3) { Padding = 1, Dilation = 2 }) { CeilMode = true }),
        ["AvgPool that rounds up with dilations and leaves out the padding"] = On(
            new MapShape(2, 6, 10), new AvgPoolLayer(new Window(2, 3) { Paddings = [1, 1, 0, 1], Dilation = 2 }) { CeilMode = true, CountIncludePad = false }),
        ["AvgPool that leaves out the padding"] = On(Image,
            new AvgPoolLayer(new Window(3, 2) { Paddings = [1, 0, 0, 1], Stride = 1 }) { CountIncludePad = false }),
        ["AvgPool on a volume"] = On(Volume, new AvgPoolLayer(new Window(2) { Stride = 1 })),
        ["GlobalAvgPool on an image"] = On(Image, new GlobalAvgPoolLayer()),
        ["GlobalAvgPool on a volume"] = On(Volume, new GlobalAvgPoolLayer()),
        ["GlobalMaxPool on a sequence"] = On(Sequence, new GlobalMaxPoolLayer()),
        ["GlobalMaxPool on an image"] = On(Image, new GlobalMaxPoolLayer()),
        ["AdaptiveAvgPool on an image"] = On(Image, new AdaptiveAvgPoolLayer(3, 4)),
        ["AdaptiveAvgPool on a volume"] = On(Volume, new AdaptiveAvgPoolLayer(2)),
    };

    private static IEnumerable<KeyValuePair<string, NetworkDescription>> Shapes() => new Dictionary<string, NetworkDescription>
    {
        ["Flatten"] = On(Image, new FlattenLayer(), new ActivationLayer("Tanh")),
        ["Identity"] = On(Image, new IdentityLayer(), new ActivationLayer("Tanh")),
        ["Dropout of nothing"] = On(Image, new DropoutLayer(0), new ActivationLayer("Tanh")),
        ["StochasticDepth of nothing"] = On(Image, new StochasticDepthLayer(0), new ActivationLayer("Tanh")),
        ["Upsample of a sequence"] = On(Sequence, new UpsampleLayer(3)),
        ["Upsample of an image"] = On(Image, new UpsampleLayer(2)),
        ["Upsample of an image, bilinear"] = On(Image, new UpsampleLayer(3) { Mode = UpsampleMode.Bilinear }),
        ["Upsample of a sequence, linear"] = On(Sequence, new UpsampleLayer(2) { Mode = UpsampleMode.Linear }),
        ["Upsample of a volume, linear, with aligned corners"] = On(Volume, new UpsampleLayer(2) { Mode = UpsampleMode.Linear, AlignCorners = true }),
        ["Upsample to a size"] = On(Image, new UpsampleLayer { Size = [7, 4] }, new ConvLayer(2, new Window(3) { Padding = 1 })),
        ["Upsample to a size, repeated by other factors along each axis"] = On(Image, new UpsampleLayer { Size = [10, 18] }),
        ["Upsample to a smaller size, linear"] = On(
            Image, new ConvLayer(9, new Window(1)), new UpsampleLayer { Size = [3, 4], Mode = UpsampleMode.Linear }, new ConvLayer(2, new Window(3))),
        ["Upsample to a size, linear, asymmetric"] = On(
            Image, new UpsampleLayer { Size = [8, 9], Mode = UpsampleMode.Bilinear, Coordinates = UpsampleCoordinates.Asymmetric }),
        ["Upsample by factors, cubic"] = On(Image, new UpsampleLayer { Scales = [1.5, 2.3], Mode = UpsampleMode.Cubic }),
        ["Upsample of a sequence, cubic with another coefficient"] = On(
            Sequence, new UpsampleLayer(2) { Mode = UpsampleMode.Cubic, CubicCoefficient = -0.5, AlignCorners = true }),
        ["Upsample by the exact nearest"] = On(
            Image, new UpsampleLayer { Size = [8, 8], Coordinates = UpsampleCoordinates.HalfPixel, Rounding = UpsampleRounding.HalfUp }),
        ["Upsample by a half"] = On(Image, new UpsampleLayer { Scales = [0.5] }, new ConvLayer(2, new Window(1))),
        ["Pad with zeros"] = On(Image, new PadLayer(1, 0, 2, 3)),
        ["Pad with a value"] = On(Sequence, new PadLayer(2) { Value = -1.25 }),
        ["Pad by reflection"] = On(Image, new PadLayer(2) { Mode = Edge.Reflect }),
        ["Pad by repetition"] = On(Volume, new PadLayer(1, 0, 2, 0, 3, 1) { Mode = Edge.Replicate }),
        ["Normalize"] = On(Sequence, new NormalizeLayer([0.3, -0.2, 0.1], [0.5, 2, 1.5]), new ConvLayer(2, new Window(3) { Padding = 1 })),
    };

    private static IEnumerable<KeyValuePair<string, NetworkDescription>> Norms() => new Dictionary<string, NetworkDescription>
    {
        ["BatchNorm on features"] = On(Flat, new BatchNormLayer { Momentum = 0.3 }),
        ["BatchNorm on an image"] = On(Image, new BatchNormLayer { Epsilon = 1e-3 }),
        ["BatchNorm without weight and bias"] = On(Volume, new BatchNormLayer { Affine = false }),
        ["BatchNorm that is frozen"] = On(Image, new ActivationLayer("Tanh"), new BatchNormLayer { Frozen = true }),
        ["LayerNorm on features"] = On(Flat, new LayerNormLayer()),
        ["LayerNorm on an image"] = On(Image, new LayerNormLayer { Epsilon = 1e-3 }),
        ["LayerNorm without weight and bias"] = On(Sequence, new LayerNormLayer { Affine = false }),
        ["LayerNorm over the channels of an image"] = On(
            Image, new ConvLayer(11, new Window(1)), new LayerNormLayer { ChannelsOnly = true }, new ConvLayer(3, new Window(3) { Padding = 1 })),
        ["LayerNorm over the channels of a volume, without weight and bias"] = On(
            Volume, new ConvLayer(70, new Window(1)), new LayerNormLayer { ChannelsOnly = true, Affine = false, Epsilon = 1e-3 }),
        ["LayerNorm over the channels, frozen"] = On(
            Sequence, new ConvLayer(5, new Window(1)), new ActivationLayer("Tanh"), new LayerNormLayer { ChannelsOnly = true, Frozen = true, Epsilon = 1e-2 }),
        ["LayerNorm over the channels of features"] = On(Flat, new LinearLayer(9), new LayerNormLayer { ChannelsOnly = true }),
        ["InstanceNorm on an image"] = On(Image, new InstanceNormLayer()),
        ["InstanceNorm with weight and bias"] = On(Sequence, new InstanceNormLayer { Affine = true, Epsilon = 1e-3 }),
        ["GroupNorm on an image"] = On(Image, new GroupNormLayer(2)),
        ["GroupNorm without weight and bias"] = On(Volume, new GroupNormLayer(1) { Affine = false, Epsilon = 1e-3 }),
        ["L2Normalize over the channels"] = On(Image, new ConvLayer(9, new Window(1)), new L2NormalizeLayer(), new ConvLayer(2, new Window(3) { Padding = 1 })),
        ["L2Normalize over rows"] = On(Image, new ConvLayer(5, new Window(1)), new L2NormalizeLayer { Axis = 2 }),
        ["L2Normalize of features"] = On(Flat, new LinearLayer(9), new L2NormalizeLayer { Axis = -1 }),
        ["L2Normalize with norms below and above the least divisor"] = On(Sequence, new ConvLayer(2, new Window(1)), new L2NormalizeLayer { Epsilon = 0.5 }),
        ["Scale on an image"] = On(Image, new ScaleLayer(), new ActivationLayer("Tanh")),
        ["Scale with a bias on features"] = On(Flat, new ActivationLayer("Tanh"), new ScaleLayer { Bias = true }),
        ["Scale that is frozen"] = On(Volume, new ConvLayer(5, new Window(1)), new ActivationLayer("Tanh"), new ScaleLayer { Bias = true, Frozen = true }),
        ["Scale of each position"] = On(Image, new ConvLayer(5, new Window(1)), new ScaleLayer { Bias = true, Over = ScaleOver.Positions }),
        ["Scale of each position before a convolution"] = On(
            Sequence, new ActivationLayer("Tanh"), new ScaleLayer { Over = ScaleOver.Positions }, new ConvLayer(2, new Window(3) { Padding = 1 })),
        ["Scale of each element"] = On(
            Volume, new ConvLayer(5, new Window(1)), new ScaleLayer { Bias = true, Over = ScaleOver.Elements },
            new ConvLayer(2, new Window(3) { Padding = 1 })),
        ["Scale by a summand of each element"] = On(
            Image, new ActivationLayer("Tanh"), new ScaleLayer { Factor = false, Bias = true, Over = ScaleOver.Elements }, new ActivationLayer("Tanh")),
        ["Scale by a summand of each channel"] = On(
            Image, new ActivationLayer("Tanh"), new ScaleLayer { Factor = false, Bias = true }, new ConvLayer(2, new Window(1))),
        ["Scale by constants of each position"] = On(
            Image, new ConvLayer(3, new Window(1)), new ActivationLayer("Tanh"),
            new ScaleLayer { Bias = true, Over = ScaleOver.Positions, Frozen = true }),
        ["Scale behind a convolution"] = On(
            Image, new ConvLayer(5, new Window(3) { Padding = 1 }), new ScaleLayer { Bias = true }, new ActivationLayer("ReLU")),
        ["Scale before a convolution"] = On(Sequence, new ActivationLayer("Tanh"), new ScaleLayer(), new BatchNormLayer(), new ConvLayer(4, new Window(3))),
        ["LocalResponseNorm over an odd number of channels"] = On(Image, new LocalResponseNormLayer(3) { Alpha = 0.8, Beta = 0.6, K = 2 }),
        ["LocalResponseNorm over an even number of channels"] = On(Sequence, new LocalResponseNormLayer(2) { Alpha = 1.5 }),
    };

    private static IEnumerable<KeyValuePair<string, NetworkDescription>> Activations()
    {
        Layer[] layers =
        [
            .. ActivationTable.All.SelectMany(ActivationLayer.Variants),
            new PReLULayer(),
            new PReLULayer { PerChannel = true },
            new SoftmaxLayer(Logarithm: false),
            new SoftmaxLayer(Logarithm: true),
        ];

        // Inputs are at most 1 in magnitude: the norm and its weight bring them to where the functions bend.
        foreach (Layer layer in layers)
        {
            if (layer is ActivationLayer { NeedsPositive: true })
            {
                yield return new($"{layer.Text} on an image", On(Image, new ConvLayer(5, new Window(3)), new ActivationLayer("Sigmoid"), layer));
                yield return new($"{layer.Text} on features", On(Flat, new LinearLayer(9), new ActivationLayer("Softplus"), layer, new LinearLayer(3)));
                continue;
            }

            yield return new($"{layer.Text} on an image",
                On(Image, new ConvLayer(5, new Window(3)), new NormalizeLayer([0.1, 0, -0.3, 0.2, 0], [0.2, 0.3, 0.3, 0.1, 0.4]), layer));
            yield return new($"{layer.Text} on features", On(Flat, new LinearLayer(9), layer));
        }
    }

    private static IEnumerable<KeyValuePair<string, NetworkDescription>> Reductions() => new Dictionary<string, NetworkDescription>
    {
        ["ReduceMean over the channels"] = On(Image, new ConvLayer(11, new Window(3) { Padding = 1 }), new ReduceMeanLayer(1), new ConvLayer(2, new Window(3))),
        ["ReduceMean over rows"] = On(Image, new ConvLayer(5, new Window(1)), new ReduceMeanLayer(3)),
        ["ReduceMean over columns, which are gone"] = On(Image, new ConvLayer(5, new Window(1)), new ReduceMeanLayer(2) { KeepAxes = false }),
        ["ReduceMean over everything, which is gone"] = On(Volume, new ConvLayer(5, new Window(1)), new ReduceMeanLayer(1, 2, 3, 4) { KeepAxes = false }),
        ["ReduceSum over features"] = On(Flat, new LinearLayer(9), new ReduceSumLayer(-1), new LinearLayer(3)),
        ["ReduceSum over two axes of a volume"] = On(Volume, new ConvLayer(3, new Window(1)), new ReduceSumLayer(2, -1)),
        ["ReduceSum over channels, which are gone"] = On(
            Image, new ConvLayer(5, new Window(1)), new ReduceSumLayer(1) { KeepAxes = false }, new ConvLayer(3, new Window(3) { Padding = 1 })),
        ["ReduceMax over the channels"] = On(Image, new ConvLayer(70, new Window(1)), new ReduceMaxLayer(1)),
        ["ReduceMax over positions"] = On(Sequence, new ConvLayer(5, new Window(1)), new ReduceMaxLayer(2)),
        ["ReduceMax of equal elements"] = On(Flat, new LinearLayer(4) { Name = "a" }, new ConcatLayer("a"), new ReduceMaxLayer(1)),
        ["ReduceMin over channels and rows, which are gone"] = On(Volume, new ConvLayer(9, new Window(1)), new ReduceMinLayer(1, 4) { KeepAxes = false }),
        ["ReduceMin over columns"] = On(Image, new ConvLayer(9, new Window(1)), new ReduceMinLayer(2)),
        ["ReduceL2 over the channels"] = On(Image, new ConvLayer(9, new Window(1)), new ReduceL2Layer(1)),
        ["ReduceL2 over positions"] = On(Image, new ConvLayer(3, new Window(1)), new ReduceL2Layer(2, 3) { KeepAxes = false }),
    };

    private static IEnumerable<KeyValuePair<string, NetworkDescription>> Graphs() => new Dictionary<string, NetworkDescription>
    {
        ["Add"] = On(Image, new ConvLayer(4, new Window(1)) { Name = "a" }, new ActivationLayer("Tanh"), new AddLayer("a")),
        ["Add of a layer to itself"] = On(Flat, new LinearLayer(4) { Name = "a" }, new AddLayer("a")),
        ["Multiply"] = On(Sequence, new ConvLayer(3, new Window(1)) { Name = "a" }, new ActivationLayer("Tanh"), new MultiplyLayer("a")),
        ["Multiply by one number a channel"] = On(
            Image, new ConvLayer(4, new Window(1)) { Name = "a" }, new GlobalAvgPoolLayer(), new ActivationLayer("Sigmoid"), new MultiplyLayer("a")),
        ["Multiply with one number a channel"] = On(
            Image, new GlobalAvgPoolLayer { Name = "gate" }, new ConvLayer(4, new Window(1)) { From = "input1" }, new MultiplyLayer("gate")),
        ["Multiply by one number a position"] = On(
            Image, new ConvLayer(4, new Window(1)) { Name = "a" }, new ConvLayer(1, new Window(1)), new ActivationLayer("Sigmoid"), new MultiplyLayer("a")),
        ["Add by one number a channel"] = On(
            Image, new ConvLayer(5, new Window(1)) { Name = "a" }, new GlobalAvgPoolLayer(), new ActivationLayer("Tanh"), new AddLayer("a")),
        ["Add by one number a position"] = On(
            Image, new ConvLayer(1, new Window(1)) { Name = "a" }, new ConvLayer(5, new Window(1)) { From = "input1" }, new AddLayer("a")),
        ["Subtract"] = On(Sequence, new ConvLayer(3, new Window(1)) { Name = "a" }, new ActivationLayer("Tanh"), new SubtractLayer("a")),
        ["Subtract from one number a channel"] = On(
            Volume, new ConvLayer(5, new Window(1)) { Name = "a" }, new GlobalAvgPoolLayer(), new ActivationLayer("Tanh"), new SubtractLayer("a")),
        ["Divide"] = On(
            Image, new ConvLayer(5, new Window(1)), new ActivationLayer("Sigmoid") { Name = "a" }, new ConvLayer(5, new Window(1)) { From = "input1" },
            new DivideLayer("a"), new ConvLayer(3, new Window(3) { Padding = 1 })),
        ["Divide by one number a position"] = On(
            Sequence, new ConvLayer(1, new Window(1)), new ActivationLayer("Softplus") { Name = "a" }, new ConvLayer(5, new Window(1)) { From = "input1" },
            new ActivationLayer("Tanh"), new DivideLayer("a")),
        ["Divide one number a channel"] = On(
            Image, new ConvLayer(3, new Window(1)), new ActivationLayer("Sigmoid") { Name = "a" }, new ConvLayer(3, new Window(1)) { From = "input1" },
            new GlobalAvgPoolLayer(), new DivideLayer("a")),
        ["Maximum"] = On(Image, new ConvLayer(4, new Window(1)) { Name = "a" }, new ConvLayer(4, new Window(1)) { From = "input1" }, new MaximumLayer("a")),
        ["Maximum of a layer and itself"] = On(Flat, new LinearLayer(5) { Name = "a" }, new MaximumLayer("a")),
        ["Minimum with one number a channel"] = On(
            Image, new GlobalAvgPoolLayer { Name = "a" }, new ConvLayer(4, new Window(1)) { From = "input1" }, new MinimumLayer("a")),
        ["Concat"] = On(
            Image, new ConvLayer(3, new Window(1)) { Name = "a" }, new ConvLayer(2, new Window(3) { Padding = 1 }) { Name = "b" }, new ActivationLayer("Tanh"),
            new ConcatLayer("a", "b", "a")),
        ["an output with three readers"] = On(
            Sequence,
            new ConvLayer(4, new Window(3)) { Name = "a" },
            new ConvLayer(4, new Window(3) { Padding = 1 }),
            new AddLayer("a"),
            new ActivationLayer("Sigmoid") { Name = "b" },
            new ConvLayer(4, new Window(1)) { From = "a" },
            new ConcatLayer("b")),
    };

    private static IEnumerable<KeyValuePair<string, NetworkDescription>> Blocks() => new Dictionary<string, NetworkDescription>
    {
        ["Block that is repeated"] = On(
            Image, new BlockLayer("Unit", new ConvLayer(4, new Window(3) { Padding = 1 }), new ActivationLayer("Tanh"), new ResidualLayer()) { Repeat = 2 },
            new ConvLayer(3, new Window(1))),
        ["Block with a projection"] = On(
            Image, new BlockLayer("Unit", new ConvLayer(6, new Window(3) { Padding = 1, Stride = 2 }), new BatchNormLayer(), new ResidualLayer(),
                new ActivationLayer("Tanh"))),
        ["Block with a projection of features"] = On(Flat,
            new BlockLayer("Unit", new LinearLayer(5), new ActivationLayer("Tanh"), new ResidualLayer()) { Name = "a" }, new AddLayer("a")),
        ["Block without the sum"] = On(
            Sequence,
            new BlockLayer("Unit", new ConvLayer(2, new Window(3)), new ResidualLayer { Form = ShortcutForm.WhereShapesFit }, new ActivationLayer("Tanh"))),
        ["Block that is frozen"] = On(
            Sequence,
            new ActivationLayer("Tanh"),
            new BlockLayer("Unit", new ConvLayer(3, new Window(1)), new BatchNormLayer(), new ResidualLayer { Form = ShortcutForm.Identity })
            {
                Frozen = true,
                Repeat = 2,
                Name = "stage",
            },
            new ConcatLayer("stage1", "stage")),
        ["Block that joins what it takes"] = On(Image,
            new BlockLayer("Unit", new ConvLayer(2, new Window(1)), new ConcatLayer("input"), new ConvLayer(3, new Window(1)) { From = "input" })),
    };
}
