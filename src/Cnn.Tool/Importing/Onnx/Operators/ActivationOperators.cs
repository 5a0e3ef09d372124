using Cnn.Definitions;
using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Element-wise activations, PRelu and Softmax.</summary>
internal static class ActivationOperators
{
    /// <summary>Their operators may say what no layer, or another one, does.</summary>
    private static readonly string[] HaveMoreForms = ["LeakyReLU", "SELU", "Abs", "Sqrt", "Exp"];

    public static void Register()
    {
        foreach (ActivationDefinition activation in ActivationTable.Operators.Where(activation => !HaveMoreForms.Contains(activation.Kind)))
            OperatorTable.Add(activation.Operator!.Name, node => Activation(node, activation));

        // Parts of activations that exporters write out; what is left of them alone becomes a layer in the end.
        foreach ((string operation, string kind) in ((string, string)[])[("Erf", "erf"), ("Abs", "abs"), ("Sqrt", "sqrt"), ("Exp", "exp")])
            OperatorTable.Add(operation, node => Elementwise(node, kind));

        OperatorTable.Add("LeakyRelu", LeakyRelu);
        OperatorTable.Add("Selu", Selu);
        OperatorTable.Add("Gelu", Gelu);
        OperatorTable.Add("Swish", Swish);
        OperatorTable.Add("Clip", Clip);
        OperatorTable.Add("PRelu", PRelu);
        OperatorTable.Add("Softmax", node => Softmax(node, "Softmax"));
        OperatorTable.Add("LogSoftmax", node => Softmax(node, "LogSoftmax"));
        OperatorTable.Add("Dropout", Dropout);
    }

    /// <summary>A layer on each element for itself: whatever axes the model sees, they stay.</summary>
    public static FeatureValue Elementwise(OperatorNode node, string kind, params (string Name, float Value, float Usual)[] numbers) =>
        Elementwise(node, node.Feature(0), kind, numbers);

    /// <inheritdoc cref="Elementwise(OperatorNode, string, ValueTuple{string, float, float}[])"/>
    public static FeatureValue Elementwise(OperatorNode node, FeatureValue x, string kind, params (string Name, float Value, float Usual)[] numbers)
    {
        node.Ignore("consumed_inputs");
        return x with
        {
            Layer = new Layer(kind, x.Layer.Shape, node.Source)
            {
                Inputs = [x.Layer],
                Options = [.. numbers.Where(number => number.Value != number.Usual).Select(number => (number.Name, Literal.Of(number.Value)))],
            },
        };
    }

    /// <summary>An operator whose attributes are the layer's numbers; those that have the layer's default are not written.</summary>
    private static FeatureValue Activation(OperatorNode node, ActivationDefinition activation) => Elementwise(
        node,
        activation.Kind,
        [.. activation.Numbers.Select(number => (number.Name, node.Real(number.Attribute.Name, number.Attribute.Default), (float)number.Default))]);

    /// <summary>A negative slope is one that only PReLU has, whose derivative does not follow from its output.</summary>
    private static OnnxValue LeakyRelu(OperatorNode node)
    {
        float alpha = node.Real("alpha", 0.01f);
        if (!float.IsFinite(alpha))
            throw new NotExpressibleException($"its alpha is {alpha}; a finite number is needed");
        if (alpha >= 0)
            return Activation(node, ActivationTable.Named("LeakyReLU"));
        FeatureValue value = Elementwise(node, "PReLU");
        value.Layer.Options.Add(("Frozen", "true"));
        value.Layer.Parameters.Add(("weight", Tensor.OfReals([1], [alpha])));
        return value;
    }

    private static OnnxValue Selu(OperatorNode node)
    {
        const float Alpha = 1.67326324f, Gamma = 1.05070099f, Rounding = 1e-6f;
        float alpha = node.Real("alpha", Alpha);
        float gamma = node.Real("gamma", Gamma);
        // Until opset 6 the default itself had other last digits.
        if (Math.Abs(alpha - Alpha) > 1e-3f || Math.Abs(gamma - Gamma) > 1e-3f || (node.Has("alpha") && Math.Abs(alpha - Alpha) > Rounding)
            || (node.Has("gamma") && Math.Abs(gamma - Gamma) > Rounding))
            throw new NotExpressibleException($"its alpha and gamma are {alpha} and {gamma}; SELU has {Alpha} and {Gamma}");
        return Elementwise(node, "SELU");
    }

    private static OnnxValue Gelu(OperatorNode node)
    {
        string form = node.Text("approximate", "none");
        if (form is not ("none" or "tanh"))
            throw new NotExpressibleException($"its approximate is '{form}'; none and tanh are known");
        FeatureValue value = Elementwise(node, "GELU");
        if (form == "tanh")
            value.Layer.Options.Add(("Tanh", "true"));
        return value;
    }

    private static OnnxValue Swish(OperatorNode node)
    {
        float alpha = node.Real("alpha", 1);
        if (alpha != 1)
            throw new NotExpressibleException($"its alpha is {alpha}; SiLU has 1");
        return Elementwise(node, "SiLU");
    }

    /// <summary>Limits are attributes until opset 10 and inputs since 11, which may be computed.</summary>
    private static OnnxValue Clip(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        foreach ((int index, string kind) in ((int, string)[])[(1, "Maximum"), (2, "Minimum")])
        {
            if (node.Optional(index) is FeatureValue)
                x = ArithmeticOperators.OfTwo(node.Source, kind, x, node.Feature(index));
        }

        float Limit(int index, string what, string attribute, float none) =>
            (node.Optional(index) is FeatureValue ? null : node.Number(index, what)) ?? node.Real(attribute, none);
        return Clipped(node, x, Limit(1, "lower limit", "min", float.NegativeInfinity), Limit(2, "upper limit", "max", float.PositiveInfinity));
    }

    /// <summary>
    /// Clip, or ReLU6 where it is that; a limit that no float exceeds is none. Where the lower limit is above the upper, everything is the upper, by
    /// ONNX's definition.
    /// </summary>
    public static FeatureValue Clipped(OperatorNode node, FeatureValue x, float min, float max)
    {
        if (float.IsNaN(min) || float.IsNaN(max))
            throw new NotExpressibleException("one of its limits is not a number");
        min = Math.Min(min, max);
        if (min == 0 && max == 6)
            return Elementwise(node, x, "ReLU6");
        min = min == float.MinValue ? float.NegativeInfinity : min;
        max = max == float.MaxValue ? float.PositiveInfinity : max;
        bool isComputed = node.Operator == "Clip" && node.Inputs.Skip(1).Any(static limit => limit is FeatureValue);
        if (isComputed && float.IsInfinity(min) && float.IsInfinity(max))
            return x;
        return Elementwise(node, x, "Clip", ("Min", min, float.NegativeInfinity), ("Max", max, float.PositiveInfinity));
    }

    private static OnnxValue PRelu(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        Tensor slope = node.Constant(1, "slope");
        bool onePerChannel = slope.Shape.Length == 1 && x.Axes.Length > 2 && slope.Length == x.Axes[1];
        // Until opset 6 a vector was one slope a channel; since 7 it is broadcast, which is along the last axis.
        if (onePerChannel && (node.Opset < 7 || x.Axes[^1] != slope.Length))
            slope = slope.Reshaped([slope.Length, .. WindowAttributes.Repeated(1, x.Axes.Length - 2)]);
        if (ViewedConstant.Of(slope, x.View) is not { } own)
            throw new NotExpressibleException($"its slope {Tensor.Text(slope.Shape)} varies from image to image of the batch");
        if (own.Shape.AsSpan(1).IndexOfAnyExcept(1) >= 0)
            return OfPositions(node, x, slope);
        // One slope for all is an export of PReLU() unless it was written one a channel.
        bool isPerChannel = own.Length > 1 || (slope.Length == x.Layer.Channels && slope.Length > 1);
        int count = isPerChannel ? x.Layer.Channels : 1;
        Layer layer = new("PReLU", x.Layer.Shape, node.Source)
        {
            Inputs = [x.Layer],
            Options = isPerChannel ? [("PerChannel", "true")] : [],
            Parameters = [("weight", own.Picked([count], [.. Enumerable.Range(0, count).Select(channel => own.Length == 1 ? 0 : channel)]))],
            ModelName = ModelNames.OfParameter(node.InputName(1)),
        };
        return x with { Layer = layer };
    }

    /// <summary>Slopes that vary over positions: ReLU(x) - slope ReLU(-x).</summary>
    private static FeatureValue OfPositions(OperatorNode node, FeatureValue x, Tensor slope)
    {
        FeatureValue negative = Elementwise(node, ConstantArithmetic.Of(node.Source, "multiply", x, Tensor.OfReals([], [-1])), "ReLU");
        return ArithmeticOperators.OfTwo(node.Source, "difference", Elementwise(node, x, "ReLU"),
            ConstantArithmetic.Of(node.Source, "multiply", negative, slope));
    }

    private static OnnxValue Softmax(OperatorNode node, string kind)
    {
        FeatureValue x = Views.Spread(node.Feature(0));
        int[] axes = x.Axes;
        bool isOld = node.Opset < 13;
        int axis = ShapeArithmetic.Axis(node.Integer("axis", isOld ? 1 : -1), axes.Length);
        // Until opset 12 everything from the axis on was one vector.
        if (isOld && axes.AsSpan(axis + 1).IndexOfAnyExcept(1) >= 0)
        {
            FeatureValue matrix = Views.Reshaped(x, ShapeArithmetic.Flatten(axes, axis), node.Source);
            return Views.Reshaped(Along(node, matrix, 1, kind), axes, node.Source);
        }

        return Along(node, x, axis, kind);
    }

    private static FeatureValue Along(OperatorNode node, FeatureValue x, int axis, string kind)
    {
        if (x.Axes[axis] == 1)
        {
            float number = kind == "Softmax" ? 1 : 0;
            return Clipped(node, x, number, number);
        }

        FeatureValue whole = Views.WithWhole(x, axis);
        int layerAxis = whole.View.LayerAxisOf(axis);
        return whole with
        {
            Layer = new Layer(kind, whole.Layer.Shape, node.Source)
            {
                Inputs = [whole.Layer],
                Options = layerAxis == 1 ? [] : [("Axis", Literal.Of(layerAxis))],
            },
        };
    }

    private static OnnxValue Dropout(OperatorNode node)
    {
        node.Ignore("seed", "ratio");
        NormalizationOperators.RequireTest(node);
        if (node.ConstantOrNull(2, "training_mode") is { } training && training.Uniform() != 0)
            throw new NotExpressibleException("its training_mode is set, so that its output is random; a prediction drops nothing");
        return node.Feature(0);
    }
}
