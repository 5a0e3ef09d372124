using Onnx;

namespace Cnn.Onnx.Export;

/// <summary>Layers that slide a window, and those that change the positions: convolutions, pools, padding, upsampling.</summary>
internal static class WindowNodes
{
    public static IReadOnlyDictionary<string, Action<ExportedLayer>> ByKind { get; } = new Dictionary<string, Action<ExportedLayer>>
    {
        ["Conv"] = layer => AddConvolution(layer, "Conv", layer.Inputs[0], layer.Arguments.Numbers("padding"), []),
        ["ConvTranspose"] = AddTransposed,
        ["MaxPool"] = PoolNodes.AddMaximum,
        ["AvgPool"] = PoolNodes.AddAverage,
        ["GlobalAvgPool"] = layer => layer.Node("GlobalAveragePool"),
        ["GlobalMaxPool"] = layer => layer.Node("GlobalMaxPool"),
        ["AdaptiveAvgPool"] = AddAdaptivePool,
        ["Pad"] = AddPad,
        ["Upsample"] = ResizeNodes.Add,
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
        GraphBuilder.Integers("kernel_shape", layer.Arguments.Numbers("kernel")),
        GraphBuilder.Integers("strides", layer.Arguments.Numbers("stride")),
        GraphBuilder.Integers("pads", padding),
        GraphBuilder.Integers("dilations", layer.Arguments.Numbers("dilation")),
    ];

    private static void AddConvolution(ExportedLayer layer, string operation, string input, double[] padding, AttributeProto[] more)
    {
        List<string> inputs = [input, layer.Parameter("weight")];
        if (layer.Has("bias"))
            inputs.Add(layer.Parameter("bias"));
        global::Onnx.AttributeProto groups = GraphBuilder.Integer("group", (long)layer.Arguments.Number("groups"));
        layer.Graph.Node(operation, layer.Output, inputs, [.. Window(layer, padding), groups, .. more]);
    }

    /// <summary>
    /// PyTorch has output padding below the stride or the dilation; ONNX Runtime below the stride alone. What is beyond is left of the padding at the
    /// end; where there is not enough of that, the input gets zeros behind it, each of which makes the output longer by the stride, and the padding
    /// takes off what that is too much.
    /// </summary>
    private static void AddTransposed(ExportedLayer layer)
    {
        double[] stride = layer.Arguments.Numbers("stride");
        double[] padding = layer.Arguments.Numbers("padding");
        double[] added = layer.Arguments.Numbers("outputPadding");
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

        AxisProducts.Add(layer, "means", axis => Means(lengths[axis], sizes[axis]));
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
        List<string> inputs = [layer.Inputs[0], layer.Graph.Constant($"{layer.Facts.Name}/pads", BehindChannels(layer, layer.Arguments.Numbers("padding")))];
        string mode = layer.Arguments.Text("mode") switch { "Reflect" => "reflect", "Replicate" => "edge", _ => "constant" };
        if (mode == "constant")
            inputs.Add(layer.Graph.Scalar($"{layer.Facts.Name}/value", (float)layer.Arguments.Number("value")));
        layer.Graph.Node("Pad", layer.Output, inputs, GraphBuilder.Text("mode", mode));
    }

    /// <summary>Pads of every axis: none of the batch and the channels.</summary>
    private static long[] BehindChannels(ExportedLayer layer, double[] padding)
    {
        long[] pads = [.. padding.Select(number => (long)number)];
        return [0, 0, .. pads.Take(layer.Rank), 0, 0, .. pads.Skip(layer.Rank)];
    }
}
