namespace Cnn.Onnx.Export;

/// <summary>Layers that scale and shift by statistics or constants.</summary>
internal static class NormalizationNodes
{
    public static IReadOnlyDictionary<string, Action<ExportedLayer>> ByKind { get; } = new Dictionary<string, Action<ExportedLayer>>
    {
        ["BatchNorm"] = layer => AddWithParameters(
            layer, "BatchNormalization", [.. Affine(layer), layer.Parameter("running_mean"), layer.Parameter("running_var")]),
        ["InstanceNorm"] = layer => AddWithParameters(layer, "InstanceNormalization", Affine(layer)),
        ["GroupNorm"] = layer => AddWithParameters(
            layer, "GroupNormalization", Affine(layer), GraphBuilder.Integer("num_groups", (long)layer.Number("groups"))),
        ["LayerNorm"] = AddLayerNorm,
        ["LocalResponseNorm"] = AddLocalResponseNorm,
        ["Normalize"] = AddNormalize,
        ["Scale"] = AddScale,
    };

    private static string[] Affine(ExportedLayer layer) => [layer.ParameterOr("weight", 1), layer.ParameterOr("bias", 0)];

    private static void AddNormalize(ExportedLayer layer)
    {
        string centred = layer.Part("Sub", "centred", [layer.Inputs[0], layer.PerChannel("mean", Floats(layer, "mean"))]);
        layer.Graph.Node("Div", layer.Output, [centred, layer.PerChannel("deviation", Floats(layer, "deviation"))]);
    }

    private static void AddScale(ExportedLayer layer)
    {
        int[] shape = [layer.Channels, .. Enumerable.Repeat(1, layer.Rank)];
        string[] factors = [layer.Inputs[0], layer.Parameter("weight", shape)];
        if (layer.Has("bias"))
            layer.Graph.Node("Add", layer.Output, [layer.Part("Mul", "scaled", factors), layer.Parameter("bias", shape)]);
        else
            layer.Graph.Node("Mul", layer.Output, factors);
    }

    private static void AddWithParameters(ExportedLayer layer, string operation, string[] parameters, params global::Onnx.AttributeProto[] more) =>
        layer.Graph.Node(operation, layer.Output, [layer.Inputs[0], .. parameters], [GraphBuilder.Real("epsilon", layer.Number("epsilon")), .. more]);

    private static void AddLayerNorm(ExportedLayer layer)
    {
        List<string> inputs = [layer.Inputs[0]];
        if (layer.Has("weight"))
        {
            inputs.Add(layer.Parameter("weight"));
            inputs.Add(layer.Parameter("bias"));
        }
        else
        {
            // The scale is not optional in ONNX.
            int[] shape = [.. layer.InputShape];
            float[] ones = new float[shape.Aggregate((product, axis) => product * axis)];
            ones.AsSpan().Fill(1);
            inputs.Add(layer.Graph.Constant($"{layer.Facts.Name}/weight", shape, ones));
        }

        layer.Graph.Node("LayerNormalization", layer.Output, inputs, GraphBuilder.Integer("axis", 1), GraphBuilder.Real("epsilon", layer.Number("epsilon")));
    }

    /// <summary>
    /// y = x / (k + alpha / size * sum of x² over neighbouring channels)^beta. ONNX and PyTorch centre an even size differently, so that one is
    /// written out: the sum is a 1x1 convolution whose weight is a band of ones.
    /// </summary>
    private static void AddLocalResponseNorm(ExportedLayer layer)
    {
        int size = (int)layer.Number("size");
        double alpha = layer.Number("alpha");
        double beta = layer.Number("beta");
        double k = layer.Number("k");
        if (size % 2 == 1 && layer.Rank == 2)
        {
            layer.Node("LRN", GraphBuilder.Integer("size", size), GraphBuilder.Real("alpha", alpha), GraphBuilder.Real("beta", beta),
                GraphBuilder.Real("bias", k));
            return;
        }

        int channels = layer.Channels;
        float[] band = new float[channels * channels];
        for (int output = 0; output < channels; output++)
        {
            for (int input = Math.Max(0, output - (size / 2)); input <= Math.Min(channels - 1, output + ((size - 1) / 2)); input++)
                band[(output * channels) + input] = (float)(alpha / size);
        }

        int[] shape = [channels, channels, .. Enumerable.Repeat(1, layer.Rank)];
        string x = layer.Inputs[0];
        string square = layer.Part("Mul", "square", [x, x]);
        string sum = layer.Rank == 0
            ? layer.Part("Gemm", "sum", [square, layer.Graph.Constant($"{layer.Facts.Name}/band", shape, band)], GraphBuilder.Integer("transB", 1))
            : layer.Part("Conv", "sum", [square, layer.Graph.Constant($"{layer.Facts.Name}/band", shape, band)]);
        string raised = layer.Part("Add", "raised", [sum, layer.Graph.Scalar($"{layer.Facts.Name}/k", (float)k)]);
        string power = layer.Part("Pow", "power", [raised, layer.Graph.Scalar($"{layer.Facts.Name}/beta", (float)beta)]);
        layer.Graph.Node("Div", layer.Output, [x, power]);
    }

    private static float[] Floats(ExportedLayer layer, string argument) => [.. layer.Numbers(argument).Select(number => (float)number)];
}
