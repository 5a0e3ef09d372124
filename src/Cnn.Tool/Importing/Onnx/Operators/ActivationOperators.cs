using Cnn.Definitions;

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
        OperatorTable.Add("Identity", node => node.Feature(0));
        OperatorTable.Add("Dropout", Dropout);
    }

    /// <summary>A layer on each element for itself: whatever axes the model sees, they stay.</summary>
    public static FeatureValue Elementwise(OperatorNode node, string kind, params (string Name, float Value, float Usual)[] numbers) =>
        Elementwise(node, node.Feature(0), kind, numbers);

    private static FeatureValue Elementwise(OperatorNode node, FeatureValue x, string kind, params (string Name, float Value, float Usual)[] numbers)
    {
        Layer input = Views.Any(x);
        node.Ignore("consumed_inputs");
        return x with
        {
            Layer = new Layer(kind, input.Shape, node.Source)
            {
                Inputs = [input],
                Options = [.. numbers.Where(number => number.Value != number.Usual).Select(number => (number.Name, Literal.Of(number.Value)))],
                IsShapeFixed = true,
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

    /// <summary>Limits are attributes until opset 10 and inputs since 11.</summary>
    private static OnnxValue Clip(OperatorNode node)
    {
        float min = node.Number(1, "lower limit") ?? node.Real("min", float.NegativeInfinity);
        float max = node.Number(2, "upper limit") ?? node.Real("max", float.PositiveInfinity);
        return Clipped(node, min, max);
    }

    /// <summary>
    /// Clip, or ReLU6 where it is that; a limit that no float exceeds is none. Where the lower limit is above the upper, everything is the upper, by
    /// ONNX's definition.
    /// </summary>
    public static FeatureValue Clipped(OperatorNode node, float min, float max, FeatureValue? of = null)
    {
        FeatureValue x = of ?? node.Feature(0);
        if (float.IsNaN(min) || float.IsNaN(max))
            throw new NotExpressibleException("one of its limits is not a number");
        min = Math.Min(min, max);
        if (min == 0 && max == 6)
            return Elementwise(node, x, "ReLU6");
        return Elementwise(
            node, x, "Clip",
            ("Min", min == float.MinValue ? float.NegativeInfinity : min, float.NegativeInfinity),
            ("Max", max == float.MaxValue ? float.PositiveInfinity : max, float.PositiveInfinity));
    }

    private static OnnxValue PRelu(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        Tensor slope = node.Constant(1, "slope");
        bool onePerChannel = slope.Length == input.Channels && slope.Shape.Length == 1;
        int[] spread = [slope.Length, .. WindowAttributes.Repeated(1, input.Rank)];
        // Until opset 6 a vector was one slope a channel; since 7 it is broadcast, which is along the last axis.
        bool isOld = node.Opset < 7;
        bool fitsOnlyChannels = input.Rank > 0 && input.Shape[^1] != slope.Length && onePerChannel;
        double[] values = ChannelConstants.Of(onePerChannel && (isOld || fitsOnlyChannels) ? slope.Reshaped(spread) : slope, x.Axes);
        Layer layer = new("PReLU", input.Shape, node.Source) { Inputs = [input], ModelName = ModelNames.OfParameter(node.InputName(1)), IsShapeFixed = true };
        // One slope for all is an export of PReLU() unless it was written one a channel.
        bool isPerChannel = values.Length > 1 || (slope.Length == input.Channels && slope.Length > 1);
        if (isPerChannel)
            layer.Options.Add(("PerChannel", "true"));
        int count = isPerChannel ? input.Channels : 1;
        layer.Parameters.Add(
            ("weight", Tensor.OfReals([count], [.. Enumerable.Range(0, count).Select(channel => (float)values[values.Length == 1 ? 0 : channel])])));
        return OperatorTable.Result(layer, x);
    }

    private static OnnxValue Softmax(OperatorNode node, string kind)
    {
        FeatureValue x = node.Feature(0);
        int rank = x.Axes.Length;
        bool isOld = node.Opset < 13;
        int axis = ShapeArithmetic.Axis(node.Integer("axis", isOld ? 1 : -1), rank);
        // Until opset 12 everything from the axis on was one vector.
        bool isOverChannels = axis == 1 && (!isOld || x.Axes.AsSpan(2).IndexOfAnyExcept(1) < 0);
        if (!isOverChannels)
        {
            throw new NotExpressibleException(
                $"it is over {(isOld ? "all axes from" : "axis")} {axis} of {Tensor.Text(x.Axes)}; {kind} is over the channels, axis 1");
        }

        Layer input = Views.Natural(x);
        return OperatorTable.Result(new Layer(kind, input.Shape, node.Source) { Inputs = [input], IsShapeFixed = true }, x);
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
