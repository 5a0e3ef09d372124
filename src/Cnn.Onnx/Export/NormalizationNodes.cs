namespace Cnn.Onnx.Export;

/// <summary>Layers that scale and shift by statistics or constants.</summary>
internal static class NormalizationNodes
{
    /// <summary>Norms below it are those of no image.</summary>
    private const double LeastDivisor = 1e-10;

    public static IReadOnlyDictionary<string, Action<ExportedLayer>> ByKind { get; } = new Dictionary<string, Action<ExportedLayer>>
    {
        ["BatchNorm"] = layer => AddWithParameters(
            layer, "BatchNormalization", [.. Affine(layer), layer.Parameter("running_mean"), layer.Parameter("running_var")]),
        ["InstanceNorm"] = layer => AddWithParameters(layer, "InstanceNormalization", Affine(layer)),
        ["GroupNorm"] = layer => AddWithParameters(
            layer, "GroupNormalization", Affine(layer), GraphBuilder.Integer("num_groups", (long)layer.Arguments.Number("groups"))),
        ["LayerNorm"] = AddLayerNorm,
        ["LocalResponseNorm"] = AddLocalResponseNorm,
        ["Normalize"] = AddNormalize,
        ["Scale"] = AddScale,
        ["L2Normalize"] = AddL2Normalize,
    };

    private static string[] Affine(ExportedLayer layer) => [layer.ParameterOr("weight", 1), layer.ParameterOr("bias", 0)];

    private static void AddNormalize(ExportedLayer layer)
    {
        string centred = layer.Part("Sub", "centred", [layer.Inputs[0], layer.PerChannel("mean", Floats(layer, "mean"))]);
        layer.Graph.Node("Div", layer.Output, [centred, layer.PerChannel("deviation", Floats(layer, "deviation"))]);
    }

    /// <summary>Numbers of channels have axes of length 1 behind them; those of positions and of elements broadcast as they are.</summary>
    private static void AddScale(ExportedLayer layer)
    {
        string Numbers(string parameter) => layer.Arguments.Flag("perChannel")
            ? layer.Parameter(parameter, [layer.Channels, .. Enumerable.Repeat(1, layer.Rank)])
            : layer.Parameter(parameter);
        if (!layer.Has("bias"))
            layer.Graph.Node("Mul", layer.Output, [layer.Inputs[0], Numbers("weight")]);
        else if (!layer.Has("weight"))
            layer.Graph.Node("Add", layer.Output, [layer.Inputs[0], Numbers("bias")]);
        else
            layer.Graph.Node("Add", layer.Output, [layer.Part("Mul", "scaled", [layer.Inputs[0], Numbers("weight")]), Numbers("bias")]);
    }

    /// <summary>The operator divides by any norm but 0: where the least divisor matters, the definition is written out.</summary>
    private static void AddL2Normalize(ExportedLayer layer)
    {
        double axis = layer.Arguments.Number("axis");
        double epsilon = layer.Arguments.Number("epsilon");
        if (epsilon <= LeastDivisor)
        {
            layer.Node("LpNormalization", GraphBuilder.Integer("axis", (long)axis), GraphBuilder.Integer("p", 2));
            return;
        }

        string axes = layer.Graph.Constant($"{layer.Facts.Name}/axes", (long)axis);
        string norm = layer.Part("ReduceL2", "norm", [layer.Inputs[0], axes], GraphBuilder.Integer("keepdims", 1));
        string divisor = layer.Part("Clip", "divisor", [norm, layer.Graph.Scalar($"{layer.Facts.Name}/epsilon", (float)epsilon)]);
        layer.Graph.Node("Div", layer.Output, [layer.Inputs[0], divisor]);
    }

    private static void AddWithParameters(ExportedLayer layer, string operation, string[] parameters, params global::Onnx.AttributeProto[] more) =>
        layer.Graph.Node(operation, layer.Output, [layer.Inputs[0], .. parameters], [GraphBuilder.Real("epsilon", layer.Arguments.Number("epsilon")), .. more]);

    private static void AddLayerNorm(ExportedLayer layer)
    {
        bool isPerPosition = layer.Arguments.Contains("channelsOnly") && layer.Rank > 0;
        int last = layer.Rank + 1;
        // The operator is over all axes from one on: the channels are moved to the end for it.
        string x = isPerPosition
            ? layer.Part("Transpose", "channels_last", [layer.Inputs[0]], Order([0, .. Enumerable.Range(2, layer.Rank), 1]))
            : layer.Inputs[0];
        List<string> inputs = [x];
        if (layer.Has("weight"))
        {
            inputs.Add(layer.Parameter("weight"));
            inputs.Add(layer.Parameter("bias"));
        }
        else
        {
            // The scale is not optional in ONNX.
            int[] shape = isPerPosition ? [layer.Channels] : [.. layer.InputShape];
            float[] ones = new float[shape.Aggregate((product, axis) => product * axis)];
            ones.AsSpan().Fill(1);
            inputs.Add(layer.Graph.Constant($"{layer.Facts.Name}/weight", shape, ones));
        }

        global::Onnx.AttributeProto epsilon = GraphBuilder.Real("epsilon", layer.Arguments.Number("epsilon"));
        if (!isPerPosition)
        {
            layer.Graph.Node("LayerNormalization", layer.Output, inputs, GraphBuilder.Integer("axis", 1), epsilon);
            return;
        }

        string normalized = layer.Part("LayerNormalization", "normalized", inputs, GraphBuilder.Integer("axis", last), epsilon);
        layer.Graph.Node("Transpose", layer.Output, [normalized], Order([0, last, .. Enumerable.Range(1, layer.Rank)]));
    }

    /// <summary>
    /// y = x / (k + alpha / size * sum of x² over neighbouring channels)^beta. ONNX and PyTorch centre an even size differently, so that one is
    /// written out: the sum is a 1x1 convolution whose weight is a band of ones.
    /// </summary>
    private static void AddLocalResponseNorm(ExportedLayer layer)
    {
        int size = (int)layer.Arguments.Number("size");
        double alpha = layer.Arguments.Number("alpha");
        double beta = layer.Arguments.Number("beta");
        double k = layer.Arguments.Number("k");
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

    private static global::Onnx.AttributeProto Order(int[] axes) => GraphBuilder.Integers("perm", axes.Select(axis => (double)axis));

    private static float[] Floats(ExportedLayer layer, string argument) => [.. layer.Arguments.Numbers(argument).Select(number => (float)number)];
}
