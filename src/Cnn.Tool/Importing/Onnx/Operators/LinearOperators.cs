namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Gemm and MatMul with a constant matrix.</summary>
internal static class LinearOperators
{
    public static void Register()
    {
        OperatorTable.Add("Gemm", Gemm);
        OperatorTable.Add("MatMul", MatMul);
    }

    /// <summary>A bias, or <c>Bias = false</c>.</summary>
    public static void AddBias(Layer layer, Tensor? bias)
    {
        if (bias is null)
            layer.Options.Add(("Bias", "false"));
        else if (bias.Length == layer.Channels)
            layer.SetParameter("bias", bias.Reshaped(layer.Channels));
        else
            throw new NotExpressibleException($"its bias {Tensor.Text(bias.Shape)} does not fit {layer.Channels} outputs");
    }

    private static OnnxValue Gemm(OperatorNode node)
    {
        // Until opset 6 a flag allowed the bias to be broadcast; since 7 it may always be.
        node.Ignore("broadcast");
        node.Require("transA", 0, "the batch comes first");
        FeatureValue x = node.Feature(0);
        Layer input = Views.Flat(x);
        Tensor b = node.Constant(1, "second matrix");
        if (b.Shape.Length != 2)
            throw new NotExpressibleException($"its second operand {Tensor.Text(b.Shape)} is not a matrix");
        Tensor weight = (node.Integer("transB", 0) != 0 ? b : b.Transposed(1, 0)).Scaled(node.Real("alpha", 1));
        float beta = node.Real("beta", 1);
        Layer layer = Linear(node, input, weight);
        Tensor? c = node.ConstantOrNull(2, "bias");
        AddBias(layer, c is null ? null : Bias(c, x.Batch, layer.Channels).Scaled(beta));
        return OperatorTable.Result(layer, x);
    }

    private static OnnxValue MatMul(OperatorNode node)
    {
        if (node.Optional(0) is ConstantValue)
            throw new NotExpressibleException("its first operand is the constant, so that it mixes the images of a batch");
        FeatureValue x = node.Feature(0);
        Layer input = Views.Flat(x);
        Tensor b = node.Constant(1, "second matrix");
        if (b.Shape.Length != 2)
            throw new NotExpressibleException($"its second operand {Tensor.Text(b.Shape)} is not a matrix");
        Layer layer = Linear(node, input, b.Transposed(1, 0));
        AddBias(layer, null);
        return OperatorTable.Result(layer, x);
    }

    private static Layer Linear(OperatorNode node, Layer input, Tensor weight)
    {
        if (weight.Shape[1] != input.Channels)
            throw new NotExpressibleException($"its matrix takes {weight.Shape[1]} features, and its input has {input.Channels}");
        return new Layer("Linear", [weight.Shape[0]], node.Source)
        {
            Inputs = [input],
            Arguments = [Literal.Of(weight.Shape[0])],
            Parameters = [("weight", weight)],
            ModelName = ModelNames.OfParameter(node.InputName(1)),
            IsShapeFixed = true,
        };
    }

    /// <summary>One number a feature, of a constant that broadcasts to [batch, features].</summary>
    private static Tensor Bias(Tensor c, int batch, int features)
    {
        int[] shape = ShapeArithmetic.Broadcast(c.Shape, [batch, features]);
        if (shape.Length != 2 || shape[1] != features || shape[0] != batch)
            throw new NotExpressibleException($"its bias {Tensor.Text(c.Shape)} does not fit {features} outputs");
        return Tensor.OfReals([features], ChannelConstants.Of(c, [batch, features]) is { } values
            ? values.Length == 1 ? [.. Enumerable.Repeat((float)values[0], features)] : [.. values.Select(value => (float)value)]
            : []);
    }
}
