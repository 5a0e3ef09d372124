using Onnx;

namespace Cnn.Onnx.Export;

/// <summary>Layers that slide a window, and those that change the positions: convolutions, pools, padding, upsampling.</summary>
internal static class WindowNodes
{
    public static bool TryAdd(ExportedLayer layer)
    {
        switch (layer.Kind)
        {
            case "Conv":
                AddConvolution(layer, "Conv", []);
                return true;
            case "ConvTranspose":
                AddConvolution(layer, "ConvTranspose", [GraphBuilder.Integers("output_padding", layer.Numbers("outputPadding"))]);
                return true;
            case "MaxPool":
                AddMaxPool(layer);
                return true;
            case "AvgPool":
                layer.Node(
                    "AveragePool",
                    [.. Window(layer), GraphBuilder.Integer("ceil_mode", (long)layer.Number("ceil")), GraphBuilder.Integer("count_include_pad", (long)layer.Number("countIncludePad"))]);
                return true;
            case "GlobalAvgPool":
                layer.Node("GlobalAveragePool");
                return true;
            case "GlobalMaxPool":
                layer.Node("GlobalMaxPool");
                return true;
            case "AdaptiveAvgPool":
                AddAdaptivePool(layer);
                return true;
            case "Pad":
                AddPad(layer);
                return true;
            case "Upsample":
                AddUpsample(layer);
                return true;
            default:
                return false;
        }
    }

    private static AttributeProto[] Window(ExportedLayer layer) =>
    [
        GraphBuilder.Integers("kernel_shape", layer.Numbers("kernel")),
        GraphBuilder.Integers("strides", layer.Numbers("stride")),
        GraphBuilder.Integers("pads", layer.Numbers("padding")),
        GraphBuilder.Integers("dilations", layer.Numbers("dilation")),
    ];

    private static void AddConvolution(ExportedLayer layer, string operation, AttributeProto[] more)
    {
        List<string> inputs = [layer.Inputs[0], layer.Parameter("weight")];
        if (layer.Has("bias"))
            inputs.Add(layer.Parameter("bias"));
        layer.Graph.Node(operation, layer.Output, inputs, [.. Window(layer), GraphBuilder.Integer("group", (long)layer.Number("groups")), .. more]);
    }

    /// <summary>
    /// A pool that rounds up has its end padding written out instead: padding never wins a maximum, and the versions of ONNX and the programs that run it disagree
    /// about windows that start in the padding.
    /// </summary>
    private static void AddMaxPool(ExportedLayer layer)
    {
        double[] kernel = layer.Numbers("kernel");
        double[] stride = layer.Numbers("stride");
        double[] padding = layer.Numbers("padding");
        double[] dilation = layer.Numbers("dilation");
        for (int axis = 0; axis < layer.Rank && layer.Flag("ceil"); axis++)
        {
            double reach = ((layer.Facts.OutputShape[1 + axis] - 1) * stride[axis]) + ((kernel[axis] - 1) * dilation[axis]) + 1;
            padding[layer.Rank + axis] = Math.Max(0, reach - padding[axis] - layer.InputShape[1 + axis]);
        }

        layer.Node(
            "MaxPool",
            GraphBuilder.Integers("kernel_shape", kernel),
            GraphBuilder.Integers("strides", stride),
            GraphBuilder.Integers("pads", padding),
            GraphBuilder.Integers("dilations", dilation));
    }

    /// <summary>
    /// Output o of an axis of n averages elements floor(o n / size) to ceil((o + 1) n / size) - 1. Where the size divides n, this is a pool; else each axis is multiplied
    /// with a matrix of averages, the axis moved to the end for it. The means of an axis are independent of the others', because windows are boxes.
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
        long[] padding = [.. layer.Numbers("padding").Select(number => (long)number)];
        long[] pads = [0, 0, .. padding.Take(layer.Rank), 0, 0, .. padding.Skip(layer.Rank)];
        List<string> inputs = [layer.Inputs[0], layer.Graph.Constant($"{layer.Facts.Name}/pads", pads)];
        string mode = layer.Text("mode") switch { "Reflect" => "reflect", "Replicate" => "edge", _ => "constant" };
        if (mode == "constant")
            inputs.Add(layer.Graph.Scalar($"{layer.Facts.Name}/value", (float)layer.Number("value")));
        layer.Graph.Node("Pad", layer.Output, inputs, GraphBuilder.Text("mode", mode));
    }

    private static void AddUpsample(ExportedLayer layer)
    {
        float scale = (float)layer.Number("scale");
        float[] scales = [1, 1, .. Enumerable.Repeat(scale, layer.Rank)];
        string constant = layer.Graph.Constant($"{layer.Facts.Name}/scales", [scales.Length], scales);
        AttributeProto[] mode = layer.Text("mode") == "Nearest"
            ? [GraphBuilder.Text("mode", "nearest"), GraphBuilder.Text("coordinate_transformation_mode", "asymmetric"), GraphBuilder.Text("nearest_mode", "floor")]
            : [GraphBuilder.Text("mode", "linear"), GraphBuilder.Text("coordinate_transformation_mode", "half_pixel")];
        layer.Graph.Node("Resize", layer.Output, [layer.Inputs[0], "", constant], mode);
    }
}
