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
        new[] { Convolutions, Transposed, Pools, Shapes, MovementExamples.All, Norms, Activations, Graphs, Blocks }
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
        ["Upsample of a sequence"] = On(Sequence, new UpsampleLayer(3)),
        ["Upsample of an image"] = On(Image, new UpsampleLayer(2)),
        ["Upsample of an image, bilinear"] = On(Image, new UpsampleLayer(3) { Bilinear = true }),
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
        ["InstanceNorm on an image"] = On(Image, new InstanceNormLayer()),
        ["InstanceNorm with weight and bias"] = On(Sequence, new InstanceNormLayer { Affine = true, Epsilon = 1e-3 }),
        ["GroupNorm on an image"] = On(Image, new GroupNormLayer(2)),
        ["GroupNorm without weight and bias"] = On(Volume, new GroupNormLayer(1) { Affine = false, Epsilon = 1e-3 }),
        ["Scale on an image"] = On(Image, new ScaleLayer(), new ActivationLayer("Tanh")),
        ["Scale with a bias on features"] = On(Flat, new ActivationLayer("Tanh"), new ScaleLayer { Bias = true }),
        ["Scale that is frozen"] = On(Volume, new ConvLayer(5, new Window(1)), new ActivationLayer("Tanh"), new ScaleLayer { Bias = true, Frozen = true }),
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
            yield return new($"{layer.Text} on an image",
                On(Image, new ConvLayer(5, new Window(3)), new NormalizeLayer([0.1, 0, -0.3, 0.2, 0], [0.2, 0.3, 0.3, 0.1, 0.4]), layer));
            yield return new($"{layer.Text} on features", On(Flat, new LinearLayer(9), layer));
        }
    }

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
