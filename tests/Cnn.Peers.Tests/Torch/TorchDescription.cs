using System.Globalization;
using System.Text.Json.Nodes;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Peers.Tests.Torch;

/// <summary>Networks as <c>torch_answers.py</c> reads them: a layer each, with every default written out.</summary>
internal static class TorchDescription
{
    public static JsonObject Of(NetworkCase given)
    {
        NetworkDescription description = given.Description;
        return new JsonObject
        {
            ["text"] = given.ToString(),
            ["images"] = NetworkCase.Images,
            ["predictions"] = List(ProductRun.PredictionBatches.Select(ProductRun.Predicted)),
            ["batches"] = List(given.TrainingBatches),
            ["loss"] = given.Loss.Kind.ToString(),
            ["setting"] = (float)given.Loss.Setting,
            ["rate"] = NetworkCase.LearningRate,
            ["live"] = List(description.Live),
            ["layers"] = new JsonArray([.. description.Placed.Select(placed => Of(placed, description))]),
        };
    }

    private static JsonObject Of(PlacedLayer placed, NetworkDescription description)
    {
        MapShape input = placed.Sources.Length == 0 ? placed.Shape : description.Placed[placed.Sources[0]].Shape;
        JsonObject layer = Settings(placed.Layer, input);
        layer["kind"] = placed.Layer.Kind;
        layer["name"] = placed.Name;
        layer["sources"] = List(placed.Sources);
        layer["shape"] = List([placed.Shape.Channels, .. placed.Shape.Axes]);
        layer["frozen"] = placed.IsFrozen || placed.Layer.Frozen;
        layer["parameters"] = List(placed.Sources.Length == 0 ? [] : placed.Layer.Parameters(input).Select(parameter => parameter.Name));
        return layer;
    }

    private static JsonObject Settings(Layer layer, MapShape input) => layer switch
    {
        ConvLayer conv => Window(conv.Window, input, false, ("groups", conv.Groups)),
        ConvTransposeLayer conv => Window(
            conv.Window, input, false, ("groups", conv.Groups),
            ("output_padding", List(conv.OutputPaddings ?? [.. Enumerable.Repeat(conv.OutputPadding, input.Rank)]))),
        MaxPoolLayer pool => Window(pool.Window, input, true, ("ceil", pool.CeilMode)),
        AvgPoolLayer pool => Window(pool.Window, input, true, ("ceil", pool.CeilMode), ("include", pool.CountIncludePad)),
        DropoutLayer dropout => new() { ["probability"] = dropout.Probability ?? 0.5 },
        UpsampleLayer upsample => Upsample(upsample, input),
        StochasticDepthLayer depth => new() { ["probability"] = depth.Probability },
        L2NormalizeLayer norm => new() { ["axis"] = norm.Axis, ["epsilon"] = Rounded(norm.Epsilon) },
        ReductionLayer reduction => new() { ["axes"] = List(reduction.Axes), ["keep"] = reduction.KeepAxes },
        ScaleLayer scale => new() { ["over"] = scale.Over.ToString() },
        PadLayer pad => Pad(pad, input.Rank),
        NormalizeLayer normalize => new() { ["means"] = Rounded(normalize.Means), ["deviations"] = Rounded(normalize.Deviations) },
        BatchNormLayer norm => new() { ["epsilon"] = Rounded(norm.Epsilon), ["momentum"] = Rounded(norm.Momentum) },
        LayerNormLayer norm => new() { ["epsilon"] = Rounded(norm.Epsilon), ["channels"] = norm.ChannelsOnly },
        InstanceNormLayer norm => new() { ["epsilon"] = Rounded(norm.Epsilon) },
        GroupNormLayer norm => new() { ["epsilon"] = Rounded(norm.Epsilon), ["groups"] = norm.Groups },
        LocalResponseNormLayer norm => new() { ["size"] = norm.Size, ["alpha"] = Rounded(norm.Alpha), ["beta"] = Rounded(norm.Beta), ["k"] = Rounded(norm.K) },
        SoftmaxLayer softmax => new() { ["axis"] = softmax.Axis },
        ConcatLayer concat => new() { ["axis"] = concat.Axis },
        PixelBlockLayer shuffle => new() { ["factor"] = shuffle.Factor, ["depth_first"] = shuffle.DepthFirst },
        ChannelShuffleLayer shuffle => new() { ["groups"] = shuffle.Groups },
        PermuteLayer permute => new() { ["order"] = List(permute.Order) },
        SliceLayer slice => new() { ["axis"] = slice.Axis, ["start"] = slice.Start, ["end"] = slice.End, ["step"] = slice.Step },
        ActivationLayer activation => new()
        {
            ["function"] = activation.Oracle.Torch,
            ["numbers"] = List(activation.Numbers().Select(number => number.ToString("R", CultureInfo.InvariantCulture))),
        },
        _ => [],
    };

    private static JsonObject Window(Window window, MapShape input, bool strideIsKernel, params (string Name, JsonNode Value)[] more)
    {
        Sliding sliding = window.Resolve(input.Rank, strideIsKernel);
        JsonObject settings = new()
        {
            ["kernel"] = List(sliding.Kernel),
            ["stride"] = List(sliding.Stride),
            ["begin"] = List(sliding.Begin),
            ["end"] = List(sliding.End),
            ["dilation"] = List(sliding.Dilation),
        };
        foreach ((string name, JsonNode value) in more)
            settings[name] = value;
        return settings;
    }

    /// <summary>By PyTorch's own function where that has the form, else by the weights of each axis.</summary>
    private static JsonObject Upsample(UpsampleLayer upsample, MapShape input)
    {
        bool isExact = upsample is { Coordinates: UpsampleCoordinates.HalfPixel, Rounding: UpsampleRounding.HalfUp, Scales: null };
        bool isUsual = upsample is { Coordinates: UpsampleCoordinates.Standard, Rounding: UpsampleRounding.Floor };
        bool has = upsample.Mode switch
        {
            UpsampleMode.Nearest => !upsample.AlignCorners && (isExact || isUsual),
            UpsampleMode.Cubic => isUsual && input.Rank == 2 && upsample.CubicCoefficient == -0.75,
            _ => isUsual,
        };
        return new JsonObject
        {
            ["size"] = upsample.Scales is null ? List(upsample.OutputShape([input]).Axes) : null,
            ["scales"] = upsample.Scales is null ? null : Rounded([.. input.Axes.Select((_, axis) => upsample.Scales[upsample.Scales.Length == 1 ? 0 : axis])]),
            ["mode"] = upsample.Mode switch
            {
                UpsampleMode.Nearest => isExact ? "nearest-exact" : "nearest",
                UpsampleMode.Cubic => "bicubic",
                _ => input.Rank switch { 1 => "linear", 2 => "bilinear", _ => "trilinear" },
            },
            ["align"] = upsample.AlignCorners,
            ["weights"] = has ? null : new JsonArray([.. Enumerable.Range(0, input.Rank)
                .Select(axis => new JsonArray([.. upsample.Matrix(input, axis).Select(row => (JsonNode)List(row))]))]),
        };
    }

    private static JsonObject Pad(PadLayer pad, int rank)
    {
        int[] paddings = pad.Paddings.Length == 1 ? [.. Enumerable.Repeat(pad.Paddings[0], 2 * rank)] : pad.Paddings;
        return new JsonObject
        {
            ["begin"] = List(paddings[..rank]),
            ["end"] = List(paddings[^rank..]),
            ["mode"] = pad.Mode == Edge.Zero ? "constant" : pad.Mode == Edge.Reflect ? "reflect" : "replicate",
            ["value"] = Rounded(pad.Value),
        };
    }

    /// <summary>Settings are floats, whatever was written.</summary>
    private static double Rounded(double value) => (float)value;

    private static JsonArray Rounded(double[] values) => List(values.Select(Rounded));

    private static JsonArray List<T>(IEnumerable<T> values) => new([.. values.Select(value => (JsonNode?)JsonValue.Create(value))]);
}
