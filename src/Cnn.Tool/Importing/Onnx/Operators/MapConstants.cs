namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Constants that vary over the positions of a map: anchors, grids, masks. They become a frozen Scale.</summary>
internal static class MapConstants
{
    /// <summary>The layer; null where one number, or one a channel, is enough, or the constant does not fit.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="kind">add, subtract, subtractFrom, multiply or divide.</param>
    /// <param name="x">The tensor.</param>
    /// <param name="constant">The constant.</param>
    public static FeatureValue? TryScale(OperatorNode node, string kind, FeatureValue x, Tensor constant)
    {
        int behind = constant.Shape.Length - x.Axes.Length;
        bool hasPositions = constant.Shape.Skip(behind + 2).Any(length => length > 1);
        bool fits = behind <= 0 && hasPositions && (behind < 0 || constant.Shape[0] == 1 || x.Axes[0] == constant.Shape[0] && x.Axes[0] == 1)
            && Enumerable.Range(0, constant.Shape.Length).All(axis => constant.Shape[axis] == 1 || constant.Shape[axis] == x.Axes[axis - behind]);
        if (!fits || IsPerChannel(constant, behind))
            return null;
        Layer input = Views.Natural(x);
        int channelAxis = 1 + behind;
        bool isPerPosition = channelAxis < 0 || constant.Shape[channelAxis] == 1;
        int[] shape = isPerPosition ? input.Shape[1..] : input.Shape;
        // The batch, and channels that are repeated, are no axes of the parameter.
        int[] own = constant.Shape[^Math.Min(shape.Length, constant.Shape.Length)..];
        int length = shape.Aggregate(1, (product, axis) => product * axis);
        Tensor values = constant.Reshaped(own).Picked(shape, ShapeArithmetic.BroadcastPositions(own, shape, length));
        return x with { Layer = Scale(node, kind, input, isPerPosition ? "Positions" : "Elements", values) };
    }

    private static Layer Scale(OperatorNode node, string kind, Layer input, string over, Tensor values)
    {
        Tensor? weight = kind switch
        {
            "multiply" => values,
            "divide" => Tensor.OfReals(values.Shape, [.. values.Reals.Select(value => 1 / value)]),
            "subtractFrom" => Tensor.Filled(values.Shape, -1),
            _ => null,
        };
        Tensor? bias = kind switch { "add" or "subtractFrom" => values, "subtract" => values.Scaled(-1), _ => null };
        if (weight?.Reals.All(float.IsFinite) == false || bias?.Reals.All(float.IsFinite) == false)
            throw new NotExpressibleException("it multiplies or adds what is infinite or not a number, or divides by 0");
        return Frozen(node.Source, input, over, weight, bias);
    }

    /// <summary>A Scale that training leaves alone.</summary>
    public static Layer Frozen(string source, Layer input, string over, Tensor? weight, Tensor? bias)
    {
        Layer layer = new("Scale", input.Shape, source) { Inputs = [input], IsShapeFixed = true };
        Describe(layer, over, weight, bias);
        return layer;
    }

    public static void Describe(Layer layer, string over, Tensor? weight, Tensor? bias)
    {
        layer.Options =
        [
            .. weight is null ? [("Factor", "false")] : ((string, string)[])[],
            .. bias is null ? [] : ((string, string)[])[("Bias", "true")],
            ("Over", "ScaleOver." + over),
            ("Frozen", "true"),
        ];
        layer.Parameters =
        [
            .. weight is null ? [] : ((string, Tensor)[])[("weight", weight)],
            .. bias is null ? [] : ((string, Tensor)[])[("bias", bias)],
        ];
    }

    /// <summary>Whether the constant is spread out over positions, but is one number a channel.</summary>
    private static bool IsPerChannel(Tensor constant, int behind)
    {
        if (constant.Uniform() is not null)
            return true;
        int channelAxis = 1 + behind;
        int inner = channelAxis < 0 ? constant.Length : Tensor.Strides(constant.Shape)[channelAxis];
        float[] values = constant.Reals;
        return !Enumerable.Range(0, constant.Length).Any(index => values[index] != values[index / inner * inner]);
    }
}
