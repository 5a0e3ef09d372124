using Cnn.Definitions;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Drawing;

/// <summary>How each kind of layer is drawn: legal for its input, or null where the kind cannot follow it.</summary>
internal static class LayerDrawings
{
    /// <summary>Few that fill a vector, many that do not.</summary>
    public static IReadOnlyList<int> Channels { get; } = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 20, 24, 31, 33, 40];

    /// <summary>By the name of the attribute without its suffix. A new layer gets a line here, an activation none.</summary>
    public static IReadOnlyDictionary<string, Func<Dice, Unfinished, Layer?>> ByKind { get; } = new Dictionary<string, Func<Dice, Unfinished, Layer?>>
    {
        ["Conv"] = (dice, before) => OnMap(before, shape => DrawConv(dice, shape)),
        ["ConvTranspose"] = (dice, before) => OnMap(before, shape => DrawConvTranspose(dice, shape)),
        ["MaxPool"] = (dice, before) => OnMap(before, shape => FirstLegal(
            shape, () => new MaxPoolLayer(WindowDrawing.Draw(dice, shape)) { CeilMode = dice.Chance(30) })),
        ["AvgPool"] = (dice, before) => OnMap(before, shape => FirstLegal(
            shape, () => new AvgPoolLayer(WindowDrawing.Draw(dice, shape)) { CeilMode = dice.Chance(30), CountIncludePad = dice.Chance(50) })),
        ["GlobalAvgPool"] = (_, before) => OnMap(before, _ => new GlobalAvgPoolLayer()),
        ["GlobalMaxPool"] = (_, before) => OnMap(before, _ => new GlobalMaxPoolLayer()),
        ["AdaptiveAvgPool"] = (dice, before) => OnMap(before, shape => new AdaptiveAvgPoolLayer(
            dice.Chance(50) ? [dice.Between(1, shape.Axes.Min())] : [.. shape.Axes.Select(length => dice.Between(1, length))])),
        ["Linear"] = (dice, before) => before.Input.Rank == 0 ? new LinearLayer(dice.Pick(Channels)) { Bias = dice.Chance(70) } : null,
        ["Flatten"] = (_, _) => new FlattenLayer(),
        ["Identity"] = (_, _) => new IdentityLayer(),
        ["Upsample"] = (dice, before) => OnMap(before, shape => DrawUpsample(dice, shape)),
        ["Pad"] = (dice, before) => OnMap(before, shape => DrawPad(dice, shape)),
        ["BatchNorm"] = (dice, _) => new BatchNormLayer
        {
            Epsilon = dice.Pick(1e-5, 1e-3),
            Momentum = dice.Pick(0.1, 0.3),
            Affine = dice.Chance(70),
            Frozen = dice.Chance(15),
        },
        ["LayerNorm"] = (dice, before) => before.Input.Length < 4 ? null : new LayerNormLayer
        {
            Epsilon = dice.Pick(1e-5, 1e-3),
            Affine = dice.Chance(70),
            ChannelsOnly = before.Input.Channels >= 4 && dice.Chance(50),
        },
        ["InstanceNorm"] = (dice, before) => before.Input.Positions < 4 ? null : new InstanceNormLayer
        {
            Epsilon = dice.Pick(1e-5, 1e-3),
            Affine = dice.Chance(50),
        },
        ["GroupNorm"] = (dice, before) => DrawGroupNorm(dice, before.Input),
        ["LocalResponseNorm"] = (dice, before) => OnMap(before, _ => new LocalResponseNormLayer(dice.Between(1, 6))
        {
            Alpha = dice.Pick(1e-4, 0.5, 2),
            Beta = dice.Pick(0.75, 0.5, 1.25),
            K = dice.Pick(1.0, 2),
        }),
        ["Scale"] = DrawScale,
        ["L2Normalize"] = (dice, before) => new L2NormalizeLayer { Axis = dice.Pick(DrawAxes(dice, before)), Epsilon = dice.Pick(1e-12, 0.5) },
        ["StochasticDepth"] = (_, _) => new StochasticDepthLayer(0),
        ["PReLU"] = (dice, _) => new PReLULayer { PerChannel = dice.Chance(60) },
        ["Softmax"] = (dice, before) => new SoftmaxLayer(Logarithm: false) { Axis = MovementDrawing.Axis(dice, before.Input) },
        ["LogSoftmax"] = (dice, before) => new SoftmaxLayer(Logarithm: true) { Axis = MovementDrawing.Axis(dice, before.Input) },
        ["Permute"] = (dice, before) => MovementDrawing.Permute(dice, before.Input),
        ["Reshape"] = (dice, before) => MovementDrawing.Reshape(dice, before.Input),
        ["PixelShuffle"] = (dice, before) => OnMap(before, shape => MovementDrawing.Spread(dice, shape)),
        ["PixelUnshuffle"] = (dice, before) => OnMap(before, shape => MovementDrawing.Gather(dice, shape)),
        ["ChannelShuffle"] = (dice, before) => new ChannelShuffleLayer(
            dice.Pick([.. Enumerable.Range(1, before.Input.Channels).Where(groups => before.Input.Channels % groups == 0)])),
        ["Slice"] = (dice, before) => MovementDrawing.Slice(dice, before.Input),
        ["Dropout"] = (_, _) => new DropoutLayer(0),
        ["Normalize"] = (dice, before) => new NormalizeLayer(
            [.. Enumerable.Range(0, before.Input.Channels).Select(_ => dice.Between(-8, 8) / 10.0)],
            [.. Enumerable.Range(0, before.Input.Channels).Select(_ => dice.Between(3, 20) / 10.0)]),
        ["Add"] = (dice, before) => DrawOperand(
            dice, before, other => dice.Chance(50) ? before.Input.IsSame(other) : Broadcasts(before.Input, other), name => new AddLayer(name)),
        ["Subtract"] = (dice, before) => DrawOperand(dice, before, other => Broadcasts(before.Input, other), name => new SubtractLayer(name)),
        ["Multiply"] = (dice, before) => DrawOperand(dice, before, other => Broadcasts(before.Input, other), name => new MultiplyLayer(name)),
        ["Divide"] = (dice, before) => DrawDivisor(dice, before),
        ["Maximum"] = (dice, before) => DrawOperand(dice, before, other => Broadcasts(before.Input, other), name => new MaximumLayer(name)),
        ["Minimum"] = (dice, before) => DrawOperand(dice, before, other => Broadcasts(before.Input, other), name => new MinimumLayer(name)),
        ["ReduceMean"] = (dice, before) => new ReduceMeanLayer(DrawAxes(dice, before)) { KeepAxes = dice.Chance(60) },
        ["ReduceSum"] = (dice, before) => before.Input.Length > 40 ? null : new ReduceSumLayer(DrawAxes(dice, before)) { KeepAxes = dice.Chance(60) },
        ["ReduceMax"] = (dice, before) => new ReduceMaxLayer(DrawAxes(dice, before)) { KeepAxes = dice.Chance(60) },
        ["ReduceMin"] = (dice, before) => new ReduceMinLayer(DrawAxes(dice, before)) { KeepAxes = dice.Chance(60) },
        ["ReduceL2"] = (dice, before) => new ReduceL2Layer(DrawAxes(dice, before)) { KeepAxes = dice.Chance(60) },
        ["Concat"] = DrawConcat,
        ["Block"] = BlockDrawing.Draw,
    }.Concat(Activations()).ToDictionary();

    public static IReadOnlyList<string> Kinds { get; } = [.. ByKind.Keys];

    private static Layer? OnMap(Unfinished before, Func<MapShape, Layer?> draw) => before.Input.Rank > 0 ? draw(before.Input) : null;

    /// <summary>Most windows do not fit: a few are tried.</summary>
    private static PoolLayer? FirstLegal(MapShape shape, Func<PoolLayer> draw) =>
        Enumerable.Range(0, 8).Select(_ => draw()).FirstOrDefault(pool => WindowDrawing.Pools(pool, shape));

    private static ConvLayer? DrawConv(Dice dice, MapShape shape)
    {
        Window window = WindowDrawing.Draw(dice, shape);
        if (!WindowDrawing.Fits(window.Resolve(shape.Rank, strideIsKernel: false), shape))
            return null;
        (int groups, int outputs) = DrawGroups(dice, shape.Channels);
        return new ConvLayer(outputs, window) { Groups = groups, Bias = dice.Chance(70), Frozen = dice.Chance(5) };
    }

    private static ConvTransposeLayer? DrawConvTranspose(Dice dice, MapShape shape)
    {
        Window window = WindowDrawing.Draw(dice, shape);
        (int groups, int outputs) = DrawGroups(dice, shape.Channels);
        Sliding sliding = window.Resolve(shape.Rank, strideIsKernel: false);
        int[] most = [.. Enumerable.Range(0, shape.Rank).Select(axis => Math.Max(sliding.Stride[axis], sliding.Dilation[axis]) - 1)];
        ConvTransposeLayer layer = new(outputs, window) { Groups = groups, Bias = dice.Chance(70) };
        if (dice.Chance(40))
            layer = dice.Chance(50)
                ? layer with { OutputPadding = dice.Between(0, most.Min()) }
                : layer with { OutputPaddings = [.. most.Select(largest => dice.Between(0, largest))] };
        return layer.OutputShape([shape]).Axes.All(length => length > 0) ? layer : null;
    }

    /// <summary>One group, some, or one a channel with a multiplier.</summary>
    private static (int Groups, int Outputs) DrawGroups(Dice dice, int channels)
    {
        if (dice.Chance(60))
            return (1, dice.Pick(Channels));
        if (dice.Chance(50))
            return (channels, channels * dice.Between(1, 3));
        int[] divisors = [.. Enumerable.Range(1, channels).Where(divisor => channels % divisor == 0)];
        int groups = dice.Pick(divisors);
        return (groups, groups * dice.Between(1, 5));
    }

    private static UpsampleLayer? DrawUpsample(Dice dice, MapShape shape)
    {
        UpsampleLayer layer = dice.Below(3) switch
        {
            0 => new(dice.Between(1, 3)),
            1 => new() { Size = [.. shape.Axes.Select(length => dice.Between(1, 2 * length))] },
            _ => new() { Scales = [.. shape.Axes.Select(_ => dice.Pick(0.5, 1.5, 2, 2.25, 0.75))] },
        };
        if (layer.OutputShape([shape]).Axes.Any(length => length < 1))
            return null;
        layer = dice.Below(4) switch
        {
            0 => layer,
            1 => layer with { Rounding = dice.Pick(UpsampleRounding.HalfDown, UpsampleRounding.HalfUp, UpsampleRounding.Ceiling) },
            2 => layer with { Mode = UpsampleMode.Cubic, CubicCoefficient = dice.Pick(-0.75, -0.5) },
            _ => layer with { Mode = shape.Rank == 2 && dice.Chance(50) ? UpsampleMode.Bilinear : UpsampleMode.Linear },
        };
        return dice.Below(4) switch
        {
            0 => layer with { AlignCorners = true },
            1 => layer with { Coordinates = dice.Pick(UpsampleCoordinates.HalfPixel, UpsampleCoordinates.Asymmetric) },
            _ => layer,
        };
    }

    private static PadLayer? DrawPad(Dice dice, MapShape shape)
    {
        Edge mode = dice.Pick(Edge.Zero, Edge.Reflect, Edge.Replicate);
        int most = mode == Edge.Reflect ? Math.Min(3, shape.Axes.Min() - 1) : 3;
        int[] paddings = dice.Chance(50) ? [dice.Between(0, most)] : [.. Enumerable.Range(0, 2 * shape.Rank).Select(_ => dice.Between(0, most))];
        return new PadLayer(paddings) { Mode = mode, Value = mode == Edge.Zero ? dice.Pick(0, 0.5, -1.25) : 0 };
    }

    private static GroupNormLayer? DrawGroupNorm(Dice dice, MapShape shape)
    {
        int[] counts = [.. Enumerable.Range(1, shape.Channels).Where(groups => shape.Channels % groups == 0 && shape.Length / groups >= 4)];
        return counts.Length == 0 ? null : new GroupNormLayer(dice.Pick(counts)) { Epsilon = dice.Pick(1e-5, 1e-3), Affine = dice.Chance(70) };
    }

    private static ScaleLayer DrawScale(Dice dice, Unfinished before)
    {
        bool hasFactor = dice.Chance(80);
        ScaleOver over = dice.Chance(50) ? ScaleOver.Channels : before.Input.Rank > 0 && dice.Chance(50) ? ScaleOver.Positions : ScaleOver.Elements;
        return new ScaleLayer
        {
            Factor = hasFactor,
            Start = hasFactor ? dice.Pick(1, 1e-6) : 1,
            Bias = !hasFactor || dice.Chance(50),
            Over = over,
            Frozen = dice.Chance(10),
        };
    }

    private static IEnumerable<KeyValuePair<string, Func<Dice, Unfinished, Layer?>>> Activations()
    {
        foreach (string kind in ActivationTable.Kinds)
        {
            ActivationLayer[] variants = [.. ActivationTable.OfKind(kind).SelectMany(ActivationLayer.Variants)];
            yield return new(kind, (dice, before) =>
            {
                ActivationLayer drawn = dice.Pick(variants);
                return drawn.NeedsPositive && !before.IsPositive(before.Source) ? null : drawn;
            });
        }
    }

    private static Layer? DrawOperand(Dice dice, Unfinished before, Func<MapShape, bool> fits, Func<string, Layer> make)
    {
        IReadOnlyList<int> others = before.Others(fits);
        return others.Count == 0 ? null : make(before.Refer(dice, dice.Pick(others)));
    }

    /// <summary>Some axes in any order, counted from either end.</summary>
    private static int[] DrawAxes(Dice dice, Unfinished before)
    {
        int rank = before.Input.Rank;
        int[] axes = [.. Enumerable.Range(1, rank + 1).Where(_ => dice.Chance(50))];
        if (axes.Length == 0)
            axes = [dice.Between(1, rank + 1)];
        return [.. axes.OrderBy(_ => dice.Below(100)).Select(axis => dice.Chance(30) ? axis - rank - 2 : axis)];
    }

    private static DivideLayer? DrawDivisor(Dice dice, Unfinished before)
    {
        IReadOnlyList<MapShape> shapes = before.Description.Shapes;
        int[] others = [.. Enumerable.Range(0, before.Count)
            .Where(layer => layer != before.Source && before.IsPositive(layer) && Broadcasts(before.Input, shapes[layer]))];
        return others.Length == 0 ? null : new DivideLayer(before.Refer(dice, dice.Pick(others)));
    }

    private static ConcatLayer? DrawConcat(Dice dice, Unfinished before)
    {
        int axis = MovementDrawing.Axis(dice, before.Input);
        int place = Moving.Place(axis, before.Input);
        IReadOnlyList<int> others = before.Others(other => other.Rank == before.Input.Rank
            && Enumerable.Range(0, other.Rank + 1).All(same => same == place || other.Lengths[same] == before.Input.Lengths[same]));
        return others.Count == 0 ? null : new ConcatLayer([.. Enumerable.Range(0, dice.Between(1, 3)).Select(_ => before.Refer(dice, dice.Pick(others)))])
        {
            Axis = axis,
        };
    }

    /// <summary>Channels and axes have the same length, or length 1 in one of the two, which is then repeated.</summary>
    private static bool Broadcasts(MapShape first, MapShape second) =>
        first.Rank == second.Rank && Repeats(first.Channels, second.Channels) && first.Axes.Zip(second.Axes).All(axis => Repeats(axis.First, axis.Second));

    private static bool Repeats(int first, int second) => first == second || first == 1 || second == 1;
}
