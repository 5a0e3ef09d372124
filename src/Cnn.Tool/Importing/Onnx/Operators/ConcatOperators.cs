using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Concat along any axis, also of constants with tensors of the network.</summary>
internal static class ConcatOperators
{
    public static void Register() => OperatorTable.Add("Concat", Concat);

    /// <summary>Values joined along an axis of the model.</summary>
    public static FeatureValue Joined(FeatureValue[] parts, int axis, string source)
    {
        if (parts.Length == 1)
            return parts[0];
        // The same again and again is a repetition, which may be seen as one of rows or of pixels before it becomes a layer.
        if (parts.All(part => part == parts[0]))
            return ViewOperators.Repeated(parts[0], axis, parts.Length, source);
        (Layer[] layers, AxisView view, int joinedAxis) = Alignment.Of(parts, axis);
        int[] shape = [.. layers[0].Shape];
        shape[joinedAxis] = layers.Sum(layer => layer.Shape[joinedAxis]);
        Layer layer = new("Concat", shape, source)
        {
            Inputs = [.. layers],
            Options = joinedAxis == 0 ? [] : [("Axis", Literal.Of(joinedAxis + 1))],
        };
        return new FeatureValue(layer, view);
    }

    /// <summary>A value with a number before and behind it along an axis of the model.</summary>
    public static FeatureValue Padded(string source, FeatureValue x, int axis, int begin, int end, float value)
    {
        FeatureValue Part(int length) => Constant(source, x, axis, Tensor.Filled([.. x.Axes.Select((own, index) => index == axis ? length : own)], value));
        return Joined([.. begin > 0 ? (FeatureValue[])[Part(begin)] : [], x, .. end > 0 ? (FeatureValue[])[Part(end)] : []], axis, source);
    }

    private static OnnxValue Concat(OperatorNode node)
    {
        OnnxValue?[] given = [.. node.Inputs.Where(static input => input is not ConstantValue { Tensor.Length: 0 })];
        int first = node.Inputs.ToList().FindIndex(static input => input is FeatureValue);
        FeatureValue feature = node.Seen(first);
        int axis = ShapeArithmetic.Axis(node.Integer("axis", 1), feature.Axes.Length);
        FeatureValue[] parts = [.. given.Select((value, index) => value switch
        {
            FeatureValue part => part,
            ConstantValue constant => Constant(node.Source, feature, axis, constant.Tensor),
            _ => throw new NotExpressibleException($"its input {index} is missing"),
        })];
        foreach (FeatureValue part in parts)
        {
            bool fits = part.Axes.Length == feature.Axes.Length && part.IsBytes == feature.IsBytes
                && part.Axes.Index().All(length => length.Index == axis || length.Item == feature.Axes[length.Index]);
            if (!fits)
                throw new NotExpressibleException($"it joins {Tensor.Text(feature.Axes)} and {Tensor.Text(part.Axes)}, which differ in more than axis {axis}");
        }

        return Joined(parts, axis, node.Source);
    }

    /// <summary>A constant as a tensor of the network: elements of another one, held at one number, and what the constant has beyond it added.</summary>
    private static FeatureValue Constant(string source, FeatureValue like, int axis, Tensor constant)
    {
        int length = constant.Shape.Length == like.Axes.Length ? constant.Shape[axis] : 0;
        int[] axes = [.. like.Axes.Select((own, index) => index == axis ? length : own)];
        if (length == 0 || !constant.Shape.AsSpan().SequenceEqual(axes))
            throw new NotExpressibleException($"it joins {Tensor.Text(like.Axes)} and the constant {Tensor.Text(constant.Shape)}, which differ in more than "
                + $"axis {axis}");
        bool fits = length <= like.Axes[axis];
        FeatureValue part = SelectionOperators.Taken(like, axis, new ElementRange(0, fits ? length : 1, 1), source);
        if (!fits)
            part = ViewOperators.Repeated(part, axis, length, source);
        float value = constant.Uniform() ?? 0;
        string text = Literal.Of(value);
        FeatureValue held = part with { Layer = part.Layer.Derived("Clip", [], part.Layer.Shape, source, ("Min", text), ("Max", text)) };
        return constant.Uniform() is not null ? held : ConstantArithmetic.Of(source, "add", held, constant);
    }
}
