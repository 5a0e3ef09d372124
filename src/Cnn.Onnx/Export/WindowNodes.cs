using Onnx;

namespace Cnn.Onnx.Export;

/// <summary>Layers that slide a window, and those that change the positions: convolutions, pools, padding, upsampling.</summary>
internal static class WindowNodes
{
    public static IReadOnlyDictionary<string, Action<ExportedLayer>> ByKind { get; } = new Dictionary<string, Action<ExportedLayer>>
    {
        ["Conv"] = layer => AddConvolution(layer, "Conv", layer.Inputs[0], layer.Numbers("padding"), []),
        ["ConvTranspose"] = AddTransposed,
        ["MaxPool"] = PoolNodes.AddMaximum,
        ["AvgPool"] = PoolNodes.AddAverage,
        ["GlobalAvgPool"] = layer => layer.Node("GlobalAveragePool"),
        ["GlobalMaxPool"] = layer => layer.Node("GlobalMaxPool"),
        ["AdaptiveAvgPool"] = AddAdaptivePool,
        ["Pad"] = AddPad,
        ["Upsample"] = AddUpsample,
    };

    /// <summary>The layer's input with one number around its positions.</summary>
    /// <param name="layer">Whose first input is padded.</param>
    /// <param name="part">What the padded input is called inside the layer.</param>
    /// <param name="padding">Starts of the axes, then ends.</param>
    /// <param name="value">The number.</param>
    public static string Padded(ExportedLayer layer, string part, double[] padding, float value) => layer.Part(
        "Pad", part,
        [
            layer.Inputs[0],
            layer.Graph.Constant($"{layer.Facts.Name}/{part}_pads", BehindChannels(layer, padding)),
            layer.Graph.Scalar($"{layer.Facts.Name}/{part}_value", value),
        ]);

    private static AttributeProto[] Window(ExportedLayer layer, double[] padding) =>
    [
        GraphBuilder.Integers("kernel_shape", layer.Numbers("kernel")),
        GraphBuilder.Integers("strides", layer.Numbers("stride")),
        GraphBuilder.Integers("pads", padding),
        GraphBuilder.Integers("dilations", layer.Numbers("dilation")),
    ];

    private static void AddConvolution(ExportedLayer layer, string operation, string input, double[] padding, AttributeProto[] more)
    {
        List<string> inputs = [input, layer.Parameter("weight")];
        if (layer.Has("bias"))
            inputs.Add(layer.Parameter("bias"));
        layer.Graph.Node(operation, layer.Output, inputs, [.. Window(layer, padding), GraphBuilder.Integer("group", (long)layer.Number("groups")), .. more]);
    }

    /// <summary>
    /// PyTorch has output padding below the stride or the dilation; ONNX Runtime below the stride alone. What is beyond is left of the padding at the
    /// end; where there is not enough of that, the input gets zeros behind it, each of which makes the output longer by the stride, and the padding
    /// takes off what that is too much.
    /// </summary>
    private static void AddTransposed(ExportedLayer layer)
    {
        double[] stride = layer.Numbers("stride");
        double[] padding = layer.Numbers("padding");
        double[] added = layer.Numbers("outputPadding");
        double[] zeros = new double[2 * layer.Rank];
        for (int axis = 0; axis < layer.Rank; axis++)
        {
            int end = layer.Rank + axis;
            double beyond = Math.Max(0, added[axis] - (stride[axis] - 1));
            added[axis] -= beyond;
            zeros[end] = Math.Ceiling(Math.Max(0, beyond - padding[end]) / stride[axis]);
            padding[end] += (zeros[end] * stride[axis]) - beyond;
        }

        string input = layer.Inputs[0];
        if (zeros.Any(count => count > 0))
            input = Padded(layer, "zeros", zeros, 0);
        AddConvolution(layer, "ConvTranspose", input, padding, [GraphBuilder.Integers("output_padding", added)]);
    }

    /// <summary>
    /// Output o of an axis of n averages elements floor(o n / size) to ceil((o + 1) n / size) - 1. Where the size divides n, this is a pool; else
    /// each axis is multiplied with a matrix of averages, the axis moved to the end for it. The means of an axis are independent of the others',
    /// because windows are boxes.
    /// </summary>
    private static void AddAdaptivePool(ExportedLayer layer)
    {
        int[] lengths = [.. layer.InputShape.Skip(1)];
        int[] sizes = [.. layer.Facts.OutputShape.Skip(1)];
        if (lengths.Zip(sizes).All(axis => axis.First % axis.Second == 0))
        {
            double[] window = [.. lengths.Zip(sizes, (length, size) => (double)(length / size))];
            layer.Node("AveragePool", GraphBuilder.Integers("kernel_shape", window), GraphBuilder.Integers("strides", window));
            return;
        }

        string value = layer.Inputs[0];
        int last = 1 + layer.Rank;
        for (int axis = 0; axis < layer.Rank; axis++)
        {
            double[] order = [.. Enumerable.Range(0, last + 1).Select(index => (double)index)];
            (order[2 + axis], order[last]) = (order[last], order[2 + axis]);
            AttributeProto swap = GraphBuilder.Integers("perm", order);
            string matrix = layer.Graph.Constant($"{layer.Facts.Name}/means{axis}", [lengths[axis], sizes[axis]], Means(lengths[axis], sizes[axis]));
            bool isLast = axis == layer.Rank - 1;
            if (isLast)
            {
                layer.Graph.Node("MatMul", layer.Output, [value, matrix]);
                return;
            }

            string swapped = layer.Part("Transpose", $"swap{axis}", [value], swap);
            string averaged = layer.Part("MatMul", $"average{axis}", [swapped, matrix]);
            value = layer.Part("Transpose", $"back{axis}", [averaged], swap);
        }
    }

    private static float[] Means(int length, int size)
    {
        float[] means = new float[length * size];
        for (int output = 0; output < size; output++)
        {
            int begin = (int)((long)output * length / size);
            int end = (int)((((long)(output + 1) * length) + size - 1) / size);
            for (int index = begin; index < end; index++)
                means[(index * size) + output] = 1f / (end - begin);
        }

        return means;
    }

    private static void AddPad(ExportedLayer layer)
    {
        List<string> inputs = [layer.Inputs[0], layer.Graph.Constant($"{layer.Facts.Name}/pads", BehindChannels(layer, layer.Numbers("padding")))];
        string mode = layer.Text("mode") switch { "Reflect" => "reflect", "Replicate" => "edge", _ => "constant" };
        if (mode == "constant")
            inputs.Add(layer.Graph.Scalar($"{layer.Facts.Name}/value", (float)layer.Number("value")));
        layer.Graph.Node("Pad", layer.Output, inputs, GraphBuilder.Text("mode", mode));
    }

    /// <summary>Pads of every axis: none of the batch and the channels.</summary>
    private static long[] BehindChannels(ExportedLayer layer, double[] padding)
    {
        long[] pads = [.. padding.Select(number => (long)number)];
        return [0, 0, .. pads.Take(layer.Rank), 0, 0, .. pads.Skip(layer.Rank)];
    }

    /// <summary>Factors are those of all axes; lengths, since opset 18, those of the positions alone, so that the batch may have any.</summary>
    private static void AddUpsample(ExportedLayer layer)
    {
        float scale = (float)layer.Number("scale");
        float[] given = scale > 0 ? [scale] : layer.Says("scales") ? [.. layer.Numbers("scales").Select(factor => (float)factor)] : [];
        List<AttributeProto> attributes = [.. ResizeMode(layer)];
        if (given.Length > 0)
        {
            float[] scales = [1, 1, .. Enumerable.Range(0, layer.Rank).Select(axis => given[given.Length == 1 ? 0 : axis])];
            string constant = layer.Graph.Constant($"{layer.Facts.Name}/scales", [scales.Length], scales);
            layer.Graph.Node("Resize", layer.Output, [layer.Inputs[0], "", constant], [.. attributes]);
            return;
        }

        string sizes = layer.Graph.Constant($"{layer.Facts.Name}/sizes", [.. layer.Facts.OutputShape.Skip(1).Select(length => (long)length)]);
        attributes.Add(GraphBuilder.Integers("axes", Enumerable.Range(2, layer.Rank).Select(axis => (double)axis)));
        layer.Graph.Node("Resize", layer.Output, [layer.Inputs[0], "", "", sizes], [.. attributes]);
    }

    private static IEnumerable<AttributeProto> ResizeMode(ExportedLayer layer)
    {
        string mode = layer.Text("mode");
        bool isNearest = mode == "Nearest";
        yield return GraphBuilder.Text("mode", isNearest ? "nearest" : mode == "Cubic" ? "cubic" : "linear");
        yield return GraphBuilder.Text("coordinate_transformation_mode", layer.Flag("alignCorners") ? "align_corners" : layer.Text("coordinates") switch
        {
            "HalfPixel" => "half_pixel",
            "Asymmetric" => "asymmetric",
            _ => isNearest ? "asymmetric" : "half_pixel",
        });
        if (isNearest)
            yield return GraphBuilder.Text("nearest_mode", layer.Text("rounding") switch
            {
                "HalfDown" => "round_prefer_floor",
                "HalfUp" => "round_prefer_ceil",
                "Ceiling" => "ceil",
                _ => "floor",
            });
        if (mode == "Cubic")
            yield return GraphBuilder.Real("cubic_coeff_a", layer.Number("cubicCoefficient"));
    }
}
