using Cnn.Definitions;
using Onnx;

namespace Cnn.Onnx.Export;

/// <summary>Resizing of positions.</summary>
internal static class ResizeNodes
{
    private const int ImageRank = 2;

    /// <summary>Factors are those of all axes; lengths, since opset 18, those of the positions alone, so that the batch may have any.</summary>
    /// <remarks>ONNX Runtime has a cubic Resize of images alone.</remarks>
    public static void Add(ExportedLayer layer)
    {
        float scale = (float)layer.Arguments.Number("scale");
        float[] given = scale > 0 ? [scale] : layer.Arguments.Contains("scales") ? [.. layer.Arguments.Numbers("scales").Select(factor => (float)factor)] : [];
        if (layer.Arguments.Text("mode") == "Cubic" && layer.Rank != ImageRank)
        {
            AxisProducts.Add(layer, "weights", axis => Weights(layer, axis, given));
            return;
        }

        List<AttributeProto> attributes = [.. Mode(layer)];
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

    private static float[] Weights(ExportedLayer layer, int index, float[] scales)
    {
        (int length, int outputs) = (layer.InputShape[1 + index], layer.Facts.OutputShape[1 + index]);
        double scale = scales.Length == 0 ? (double)outputs / length : scales[scales.Length == 1 ? 0 : index];
        ResampledAxis axis = new(length, outputs, scale)
        {
            Mode = layer.Arguments.Text("mode"),
            Coordinates = layer.Arguments.Text("coordinates"),
            Rounding = layer.Arguments.Text("rounding"),
            AlignCorners = layer.Arguments.Flag("alignCorners"),
            CubicCoefficient = layer.Arguments.Number("cubicCoefficient"),
        };
        float[] weights = new float[length * outputs];
        for (int output = 0; output < outputs; output++)
        {
            foreach ((int from, double weight) in axis.Taps(output))
                weights[(from * outputs) + output] = (float)weight;
        }

        return weights;
    }

    private static IEnumerable<AttributeProto> Mode(ExportedLayer layer)
    {
        string mode = layer.Arguments.Text("mode");
        bool isNearest = mode == "Nearest";
        yield return GraphBuilder.Text("mode", isNearest ? "nearest" : mode == "Cubic" ? "cubic" : "linear");
        string coordinates = layer.Arguments.Text("coordinates") switch
        {
            "HalfPixel" => "half_pixel",
            "Asymmetric" => "asymmetric",
            _ => isNearest ? "asymmetric" : "half_pixel",
        };
        yield return GraphBuilder.Text("coordinate_transformation_mode", layer.Arguments.Flag("alignCorners") ? "align_corners" : coordinates);
        if (isNearest)
            yield return GraphBuilder.Text("nearest_mode", layer.Arguments.Text("rounding") switch
            {
                "HalfDown" => "round_prefer_floor",
                "HalfUp" => "round_prefer_ceil",
                "Ceiling" => "ceil",
                _ => "floor",
            });
        if (mode == "Cubic")
            yield return GraphBuilder.Real("cubic_coeff_a", layer.Arguments.Number("cubicCoefficient"));
    }
}
