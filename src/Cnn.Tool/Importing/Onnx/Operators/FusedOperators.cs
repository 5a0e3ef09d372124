using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>What ONNX Runtime's optimiser makes of several operators: FusedConv, FusedGemm, FusedMatMul, BiasGelu, QuickGelu and their kin.</summary>
internal static class FusedOperators
{
    public static void Register()
    {
        OperatorTable.AddOfOnnxRuntime("FusedConv", FusedConvolution);
        OperatorTable.AddOfOnnxRuntime("FusedGemm", node => Activated(node, LinearOperators.Gemm(node)));
        OperatorTable.AddOfOnnxRuntime("FusedMatMul", FusedMatMul);
        OperatorTable.AddOfOnnxRuntime("TransposeMatMul", FusedMatMul);
        OperatorTable.AddOfOnnxRuntime("Gelu", node => Elementwise(node, node.Feature(0), "GELU"));
        OperatorTable.AddOfOnnxRuntime("BiasGelu", node => Elementwise(node, Biased(node), "GELU"));
        OperatorTable.AddOfOnnxRuntime("FastGelu", node =>
            Elementwise(node, node.Optional(1) is null ? node.Feature(0) : Biased(node), "GELU", ("Tanh", "true")));
        OperatorTable.AddOfOnnxRuntime("QuickGelu", QuickGelu);
    }

    /// <summary>A convolution, then what is added to it, then an activation.</summary>
    private static FeatureValue FusedConvolution(OperatorNode node)
    {
        FeatureValue y = ConvolutionOperators.Convolution(node);
        if (node.Optional(3) is not null)
        {
            FeatureValue z = node.Feature(3);
            (Layer[] layers, AxisView view, _) = Alignment.Of([y, z]);
            y = new FeatureValue(new Layer("Add", layers[0].Shape, node.Source) { Inputs = [.. layers] }, view);
        }

        return Activated(node, y);
    }

    private static FeatureValue FusedMatMul(OperatorNode node)
    {
        foreach (string flag in (string[])["transBatchA", "transBatchB"])
            node.Require(flag, 0, "the batch comes first");
        FeatureValue x = Views.WithLeast(node.Feature(0), 2);
        if (node.Integer("transA", 0) != 0)
            x = ViewOperators.Transposed(x, [.. Enumerable.Range(0, x.Axes.Length - 2), x.Axes.Length - 1, x.Axes.Length - 2], node.Source);
        Tensor b = LinearOperators.Matrix(node, 1);
        Tensor weight = (node.Integer("transB", 0) != 0 ? b : b.Transposed(1, 0)).Scaled(node.Real("alpha", 1));
        FeatureValue y = LinearOperators.Contracted(node, x, x.Axes.Length - 1, weight);
        LinearOperators.AddBias(y.Layer, null);
        return y;
    }

    private static FeatureValue Biased(OperatorNode node) =>
        ConstantArithmetic.Of(node.Source, "add", node.Feature(0), node.Constant(1, "bias"));

    /// <summary>x sigmoid(alpha x): SiLU of alpha x, divided by alpha.</summary>
    private static FeatureValue QuickGelu(OperatorNode node)
    {
        float alpha = node.Real("alpha", 1.702f);
        if (!float.IsFinite(alpha) || alpha == 0)
            throw new NotExpressibleException($"its alpha is {alpha}; a finite number other than 0 is needed");
        FeatureValue scaled = ConstantArithmetic.Of(node.Source, "multiply", node.Feature(0), Tensor.OfReals([], [alpha]));
        return ConstantArithmetic.Of(node.Source, "divide", Elementwise(node, scaled, "SiLU"), Tensor.OfReals([], [alpha]));
    }

    private static FeatureValue Elementwise(OperatorNode node, FeatureValue x, string kind, params (string, string)[] options) =>
        x with { Layer = new Layer(kind, x.Layer.Shape, node.Source) { Inputs = [x.Layer], Options = [.. options] } };

    /// <summary>The activation that an attribute names, with its numbers in another: as many as it has, in ONNX's order.</summary>
    private static FeatureValue Activated(OperatorNode node, FeatureValue x)
    {
        string name = node.Text("activation", "");
        float[] numbers = node.Reals("activation_params") ?? [];
        // FusedGemm has them by name.
        float[] alpha = node.Has("activation_alpha") ? [node.Real("activation_alpha", 0)] : [];
        float[] beta = node.Has("activation_beta") ? [node.Real("activation_beta", 0)] : [];
        if (numbers.Length == 0)
            numbers = [.. alpha, .. beta];
        float Number(int index, float otherwise) => index < numbers.Length ? numbers[index] : otherwise;
        string Text(int index, float otherwise) => Literal.Of(Number(index, otherwise));
        return name switch
        {
            "" => x,
            "Relu" => Elementwise(node, x, "ReLU"),
            "Sigmoid" => Elementwise(node, x, "Sigmoid"),
            "Tanh" => Elementwise(node, x, "Tanh"),
            "LeakyRelu" => Elementwise(node, x, "LeakyReLU", Unless("Slope", Number(0, 0.01f), 0.01f)),
            "HardSigmoid" => Elementwise(node, x, "HardSigmoid", [.. Unless("Alpha", Number(0, 0.2f), 1f / 6), .. Unless("Beta", Number(1, 0.5f), 0.5f)]),
            "Clip" when Number(0, float.MinValue) == 0 && Number(1, float.MaxValue) == 6 => Elementwise(node, x, "ReLU6"),
            "Clip" => Elementwise(node, x, "Clip", ("Min", Text(0, float.MinValue)), ("Max", Text(1, float.MaxValue))),
            "Elu" => Elementwise(node, x, "ELU", Unless("Alpha", Number(0, 1), 1)),
            "Softplus" => Elementwise(node, x, "Softplus"),
            "HardSwish" => Elementwise(node, x, "HardSwish"),
            _ => throw new NotExpressibleException($"its activation is '{name}'; Relu, LeakyRelu, Clip, Sigmoid, HardSigmoid, HardSwish, Tanh, Elu and "
                + $"Softplus are known"),
        };
    }

    private static (string, string)[] Unless(string name, float value, float usual) => value == usual ? [] : [(name, Literal.Of(value))];
}
