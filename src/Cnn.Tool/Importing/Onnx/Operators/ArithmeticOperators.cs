namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Add, Sub, Mul, Div, Sum, Pow, Min and Max: of two tensors, or of one and a constant.</summary>
/// <remarks>
/// With a constant they become operations that Rewrites folds into a layer nearby or makes a layer of; where the constant varies over positions, a frozen
/// Scale.
/// </remarks>
internal static class ArithmeticOperators
{
    public static void Register()
    {
        OperatorTable.Add("Add", node => Binary(node, "add"));
        OperatorTable.Add("Sub", node => Binary(node, "subtract"));
        OperatorTable.Add("Mul", node => Binary(node, "multiply"));
        OperatorTable.Add("Div", node => Binary(node, "divide"));
        OperatorTable.Add("Sum", Sum);
        OperatorTable.Add("Pow", Power);
        OperatorTable.Add("Neg", node => WithConstant(node, "multiply", node.Feature(0), [-1]));
        OperatorTable.Add("Reciprocal", node => Inverse(node, node.Feature(0)));
        OperatorTable.Add("Min", node => Limit(node, isUpper: true));
        OperatorTable.Add("Max", node => Limit(node, isUpper: false));
    }

    private static OnnxValue Binary(OperatorNode node, string operation)
    {
        node.Ignore("broadcast", "consumed_inputs");
        long axis = node.Integer("axis", -1);
        OnnxValue? a = node.Optional(0);
        OnnxValue? b = node.Optional(1);
        if (a is FeatureValue x && b is FeatureValue y)
            return OfTwo(node, operation, x, y);
        (FeatureValue feature, Tensor constant) = a is FeatureValue
            ? (node.Feature(0), node.Constant(1, "constant"))
            : (node.Feature(1), node.Constant(0, "constant"));
        // Until opset 6 an attribute told where the axes of the constant begin.
        if (node.Opset < 7 && axis >= 0 && constant.Shape.Length > 0 && axis + constant.Shape.Length < feature.Axes.Length)
            constant = constant.Reshaped([.. constant.Shape, .. WindowAttributes.Repeated(1, feature.Axes.Length - (int)axis - constant.Shape.Length)]);
        string kind = a is FeatureValue ? operation : operation switch { "subtract" => "subtractFrom", "divide" => "divideInto", _ => operation };
        if (kind == "divideInto")
            (feature, kind) = (Inverse(node, feature), "multiply");
        return WholeConstant(node, kind, feature, constant) ?? MapConstants.TryScale(node, kind, feature, constant)
            ?? WithConstant(node, kind, feature, ChannelConstants.Of(constant, feature.Axes));
    }

    /// <summary>Scale and shift of each element of an image: only a LayerNorm, written out, has them.</summary>
    private static FeatureValue? WholeConstant(OperatorNode node, string kind, FeatureValue x, Tensor constant)
    {
        bool isPart = kind is "add" or "multiply" && x.Layer.Kind is "quotient" or "scaleEach" && x.IsNatural && constant.Length > 1
            && constant.Shape.AsSpan().EndsWith(x.Layer.Shape.AsSpan(Math.Max(0, x.Layer.Shape.Length - constant.Shape.Length)))
            && constant.Length == x.Layer.Length;
        if (!isPart)
            return null;
        Layer layer = new(kind == "add" ? "shiftEach" : "scaleEach", x.Layer.Shape, node.Source) { Inputs = [x.Layer], IsShapeFixed = true };
        layer.Parameters.Add(("constant", constant.Reshaped(x.Layer.Shape)));
        return x with { Layer = layer };
    }

    private static FeatureValue WithConstant(OperatorNode node, string kind, FeatureValue x, double[] constants)
    {
        Layer input = constants.Length == 1 ? Views.Any(x) : Views.Natural(x);
        bool changesNothing = constants.Length == 1
            && ((kind is "add" or "subtract" && constants[0] == 0) || (kind is "multiply" or "divide" && constants[0] == 1));
        if (changesNothing)
            return x;
        return x with { Layer = new Layer(kind, input.Shape, node.Source) { Inputs = [input], Constants = constants, IsShapeFixed = true } };
    }

    /// <summary>1 / x.</summary>
    private static FeatureValue Inverse(OperatorNode node, FeatureValue x)
    {
        Layer input = Views.Any(x);
        return x with { Layer = new Layer("Power", input.Shape, node.Source) { Inputs = [input], Arguments = ["-1"], IsShapeFixed = true } };
    }

    private static FeatureValue OfTwo(OperatorNode node, string operation, FeatureValue x, FeatureValue y)
    {
        // The wider one first: it is what the other is broadcast to.
        if (operation is "multiply" or "add" && y.Layer.Length > x.Layer.Length)
            (x, y) = (y, x);
        int[] axes = ShapeArithmetic.Broadcast(x.Axes, y.Axes);
        if (x.Axes.Length != y.Axes.Length)
            throw new NotExpressibleException($"it joins {Tensor.Text(x.Axes)} and {Tensor.Text(y.Axes)}, which have another number of axes");
        string kind = operation switch
        {
            "add" => "Add",
            "multiply" => "Multiply",
            "subtract" => "difference",
            "divide" => "quotient",
            _ => operation,
        };
        bool sameLayers = x.Axes.AsSpan().SequenceEqual(y.Axes) && x.Layer.Shape.AsSpan().SequenceEqual(y.Layer.Shape);
        if (sameLayers)
        {
            Layer layer = Views.Any(x);
            return x with { Layer = new Layer(kind, layer.Shape, node.Source) { Inputs = [layer, Views.Any(y)], IsShapeFixed = true } };
        }

        Layer joined = new(kind, axes[1..], node.Source) { Inputs = [Views.Natural(x), Views.Natural(y)], IsShapeFixed = true };
        return FeatureValue.Of(joined, axes[0]);
    }

    private static OnnxValue Sum(OperatorNode node)
    {
        node.Ignore("consumed_inputs");
        FeatureValue sum = node.Feature(0);
        for (int index = 1; index < node.InputCount; index++)
            sum = OfTwo(node, "add", sum, node.Feature(index));
        return sum;
    }

    private static OnnxValue Power(OperatorNode node)
    {
        Tensor exponent = node.Constant(1, "exponent");
        if (exponent.Length != 1 || exponent.Shape.Length > node.Feature(0).Axes.Length)
            throw new NotExpressibleException("its exponent is not one number");
        return WithConstant(node, "power", node.Feature(0), [exponent.Reals[0]]);
    }

    /// <summary>Of several tensors, and of numbers, which are limits.</summary>
    private static OnnxValue Limit(OperatorNode node, bool isUpper)
    {
        node.Ignore("consumed_inputs");
        if (node.InputCount == 1)
            return node.Feature(0);
        if (node.InputCount == 2 && Enumerable.Range(0, 2).Any(index => node.Optional(index) is ConstantValue))
        {
            int constant = node.Optional(0) is ConstantValue ? 0 : 1;
            Tensor limit = node.Constant(constant, "limit");
            if (limit.Uniform() is not { } number || limit.Shape.Length > node.Feature(1 - constant).Axes.Length)
                throw new NotExpressibleException("Clip takes one number as its limit");
            return ActivationOperators.Clipped(
                node, isUpper ? float.NegativeInfinity : number, isUpper ? number : float.PositiveInfinity, node.Feature(1 - constant));
        }

        FeatureValue result = node.Feature(0);
        for (int index = 1; index < node.InputCount; index++)
            result = OfTwo(node, isUpper ? "Minimum" : "Maximum", result, node.Feature(index));
        return result;
    }
}
