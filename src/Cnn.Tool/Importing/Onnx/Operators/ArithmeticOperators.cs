using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Add, Sub, Mul, Div, Sum, Mean, Pow, Min and Max: of tensors, or of one and a constant.</summary>
/// <remarks>With a constant they become operations that Rewrites folds into a layer nearby or makes a layer of.</remarks>
internal static class ArithmeticOperators
{
    public static void Register()
    {
        OperatorTable.Add("Add", node => Binary(node, "add"));
        OperatorTable.Add("Sub", node => Binary(node, "subtract"));
        OperatorTable.Add("Mul", node => Binary(node, "multiply"));
        OperatorTable.Add("Div", node => Binary(node, "divide"));
        OperatorTable.Add("Sum", Sum);
        OperatorTable.Add("Mean", node => ConstantArithmetic.Of(node.Source, "divide", Sum(node), Tensor.OfReals([], [node.InputCount])));
        OperatorTable.Add("Pow", Power);
        OperatorTable.Add("Neg", node => ConstantArithmetic.Of(node.Source, "multiply", node.Feature(0), Tensor.OfReals([], [-1])));
        OperatorTable.Add("Reciprocal", node => ConstantArithmetic.Of(node.Source, "divideInto", node.Feature(0), Tensor.OfReals([], [1])));
        OperatorTable.Add("Min", node => Limit(node, isUpper: true));
        OperatorTable.Add("Max", node => Limit(node, isUpper: false));
    }

    /// <summary>A layer on two tensors, in the arrangement in which they meet.</summary>
    /// <param name="source">The node.</param>
    /// <param name="kind">Add, Multiply, Maximum, Minimum, or difference and quotient, which may be parts of a norm.</param>
    /// <param name="x">The first.</param>
    /// <param name="y">The second.</param>
    public static FeatureValue OfTwo(string source, string kind, FeatureValue x, FeatureValue y)
    {
        _ = ShapeArithmetic.Broadcast(x.Axes, y.Axes);
        // The wider one first: it is what the other is broadcast to.
        if (kind is "Add" or "Multiply" or "Maximum" or "Minimum" && y.Layer.Length > x.Layer.Length)
            (x, y) = (y, x);
        (Layer[] layers, AxisView view, _) = Alignment.Of([x, y]);
        int[] shape = [.. layers[0].Shape.Zip(layers[1].Shape, Math.Max)];
        return new FeatureValue(new Layer(kind, shape, source) { Inputs = [.. layers] }, view);
    }

    private static OnnxValue Binary(OperatorNode node, string operation)
    {
        node.Ignore("broadcast", "consumed_inputs");
        long axis = node.Integer("axis", -1);
        bool isFirst = node.Optional(0) is FeatureValue;
        if (isFirst && node.Optional(1) is FeatureValue)
        {
            string kind = operation switch { "add" => "Add", "multiply" => "Multiply", "subtract" => "difference", _ => "quotient" };
            return OfTwo(node.Source, kind, node.Feature(0), node.Feature(1));
        }

        FeatureValue feature = node.Feature(isFirst ? 0 : 1);
        Tensor constant = node.Constant(isFirst ? 1 : 0, "constant");
        // Until opset 6 an attribute told where the axes of the constant begin.
        if (node.Opset < 7 && axis >= 0 && constant.Shape.Length > 0 && axis + constant.Shape.Length < feature.Axes.Length)
            constant = constant.Reshaped([.. constant.Shape, .. WindowAttributes.Repeated(1, feature.Axes.Length - (int)axis - constant.Shape.Length)]);
        string flipped = operation switch { "subtract" => "subtractFrom", "divide" => "divideInto", _ => operation };
        return ConstantArithmetic.Of(node.Source, isFirst ? operation : flipped, Widened(feature, constant, node.Source), constant);
    }

    /// <summary>The tensor with the axes that a constant widens it to, batches excepted.</summary>
    private static FeatureValue Widened(FeatureValue x, Tensor constant, string source)
    {
        int[] axes = ShapeArithmetic.Broadcast(x.Axes, constant.Shape);
        bool isWider = axes.Length > 0 && axes.Length == x.Axes.Length && axes[0] == x.Axes[0] && !axes.AsSpan().SequenceEqual(x.Axes);
        return isWider ? ViewOperators.Expanded(x, axes, source) : x;
    }

    private static FeatureValue Sum(OperatorNode node)
    {
        node.Ignore("consumed_inputs");
        FeatureValue sum = node.Feature(0);
        for (int index = 1; index < node.InputCount; index++)
            sum = OfTwo(node.Source, "Add", sum, node.Feature(index));
        return sum;
    }

    private static OnnxValue Power(OperatorNode node)
    {
        node.Ignore("broadcast", "axis");
        FeatureValue x = node.Feature(0);
        Tensor exponent = node.Constant(1, "exponent");
        if (exponent.Uniform() is not { } number)
            throw new NotExpressibleException("its exponent is not one number");
        return number == 1 ? x
            : x with { Layer = new Layer("power", x.Layer.Shape, node.Source) { Inputs = [x.Layer], Constants = [number] } };
    }

    /// <summary>Of several tensors, and of constants, which are limits.</summary>
    private static FeatureValue Limit(OperatorNode node, bool isUpper)
    {
        node.Ignore("consumed_inputs");
        FeatureValue[] features = [.. Enumerable.Range(0, node.InputCount).Where(index => node.Optional(index) is FeatureValue).Select(node.Feature)];
        FeatureValue result = features.Skip(1).Aggregate(features[0], (x, y) => OfTwo(node.Source, isUpper ? "Minimum" : "Maximum", x, y));
        foreach (Tensor limit in node.Inputs.OfType<ConstantValue>().Select(static constant => constant.Tensor))
            result = Limited(node, Widened(result, limit, node.Source), limit, isUpper);
        return result;
    }

    /// <summary>max(x, c) is ReLU(x - c) + c, and min(x, c) is c - ReLU(c - x).</summary>
    private static FeatureValue Limited(OperatorNode node, FeatureValue x, Tensor limit, bool isUpper)
    {
        if (limit.Uniform() is { } number)
            return ActivationOperators.Clipped(node, x, isUpper ? float.NegativeInfinity : number, isUpper ? number : float.PositiveInfinity);
        FeatureValue beyond = ActivationOperators.Elementwise(
            node, ConstantArithmetic.Of(node.Source, isUpper ? "subtractFrom" : "subtract", x, limit), "ReLU");
        return ConstantArithmetic.Of(node.Source, isUpper ? "subtractFrom" : "add", beyond, limit);
    }
}
