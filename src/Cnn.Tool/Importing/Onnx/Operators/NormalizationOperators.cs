using System.Globalization;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Batch, instance, group and layer normalisation, and LRN.</summary>
internal static class NormalizationOperators
{
    private const float UsualEpsilon = 1e-5f;

    public static void Register()
    {
        OperatorTable.Add("BatchNormalization", BatchNorm);
        OperatorTable.Add("InstanceNormalization", InstanceNorm);
        OperatorTable.Add("GroupNormalization", GroupNorm);
        OperatorTable.Add("LayerNormalization", LayerNorm);
        OperatorTable.Add("LRN", LocalResponseNorm);
        OperatorTable.Add("LpNormalization", L2Normalize);
    }

    /// <summary>
    /// As a named argument where it is not the default. Seven digits: exporters computed 1.0000001e-05 from 1e-5, and nobody means the difference.
    /// </summary>
    public static IEnumerable<(string, string)> Epsilon(float epsilon)
    {
        if (!(epsilon > 0 && float.IsFinite(epsilon)))
            throw new NotExpressibleException($"its epsilon is {epsilon}; a positive number is needed, which keeps a variance of 0 from being divided by");
        float rounded = float.Parse(epsilon.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded == UsualEpsilon ? [] : [("Epsilon", Literal.Of(rounded))];
    }

    private static OnnxValue BatchNorm(OperatorNode node)
    {
        const float UsualMomentum = 0.1f;
        node.Ignore("consumed_inputs");
        node.Require("spatial", 1, "the statistics are those of channels");
        node.Require("training_mode", 0, "a prediction uses the running statistics");
        RequireTest(node);
        // From opset 7 to 13 the number of outputs tells the mode.
        if (node.Opset < 14 && Enumerable.Range(1, Math.Max(0, node.OutputCount - 1)).Any(node.HasOutput))
        {
            throw new NotExpressibleException(
                $"it has more than one output, by which opset {node.Opset} means training: the statistics of the batch; "
                + "a prediction uses the running statistics, so export the model for inference");
        }

        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        // ONNX weighs the old statistics, PyTorch the new ones; seven digits are what a float of about 0.9 has.
        float momentum = (float)Math.Round(1 - (double)node.Real("momentum", 0.9f), 7);
        Layer layer = new("BatchNorm", input.Shape, node.Source)
        {
            Inputs = [input],
            Options = [.. Epsilon(node.Real("epsilon", UsualEpsilon)), .. momentum == UsualMomentum || momentum is < 0 or > 1
                ? ((string, string)[])[]
                : [("Momentum", Literal.Of(momentum))]],
            Parameters =
            [
                ("weight", PerChannel(node, 1, "scale", input)),
                ("bias", PerChannel(node, 2, "bias", input)),
                ("running_mean", PerChannel(node, 3, "mean", input)),
                ("running_var", PerChannel(node, 4, "variance", input)),
            ],
            ModelName = ModelNames.OfParameter(node.InputName(1)),
            IsShapeFixed = true,
        };
        return OperatorTable.Result(layer, x);
    }

    /// <summary>Until opset 6 an attribute told the mode, and training was its default.</summary>
    public static void RequireTest(OperatorNode node)
    {
        if (node.Integer("is_test", node.Opset < 7 ? 0 : 1) == 0)
            throw new NotExpressibleException("its is_test is 0, which means training; export the model for inference, or set is_test to 1");
    }

    private static Tensor PerChannel(OperatorNode node, int index, string what, Layer input)
    {
        Tensor values = node.Constant(index, what);
        return values.Length == input.Channels
            ? values.Reshaped(input.Channels)
            : throw new NotExpressibleException($"its {what} {Tensor.Text(values.Shape)} does not fit the {input.Channels} channels of its input");
    }

    /// <summary>Also how exporters write group normalisation: over a view in which the groups are the channels.</summary>
    private static OnnxValue InstanceNorm(OperatorNode node)
    {
        node.Ignore("consumed_inputs");
        FeatureValue x = node.Feature(0);
        int groups = x.Axes[1];
        bool isGrouped = !x.IsNatural && x.Layer.Rank > 0 && x.Layer.Channels > groups && x.Layer.Channels % groups == 0;
        Layer input = isGrouped ? Views.Any(x) : Views.Natural(x);
        Tensor scale = node.Constant(1, "scale");
        Tensor bias = node.Constant(2, "bias");
        if (scale.Length != groups || bias.Length != groups)
            throw new NotExpressibleException($"its scale {Tensor.Text(scale.Shape)} does not fit {groups} channels");
        if (!isGrouped && input.Rank == 0)
            throw new NotExpressibleException("its input has no axes behind the channels");
        Layer layer = new(isGrouped ? "GroupNorm" : "InstanceNorm", input.Shape, node.Source)
        {
            Inputs = [input],
            Arguments = isGrouped ? [Literal.Of(groups)] : [],
            Options = [.. Epsilon(node.Real("epsilon", UsualEpsilon))],
            IsShapeFixed = true,
        };
        AddAffine(layer, scale, bias, byDefault: isGrouped);
        return x with { Layer = layer };
    }

    private static OnnxValue GroupNorm(OperatorNode node)
    {
        node.Ignore("stash_type");
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        int groups = node.Int32("num_groups", 0);
        if (groups < 1 || input.Channels % groups != 0)
            throw new NotExpressibleException($"its num_groups is {groups}, which does not divide the {input.Channels} channels");
        Layer layer = new("GroupNorm", input.Shape, node.Source)
        {
            Inputs = [input],
            Arguments = [Literal.Of(groups)],
            Options = [.. Epsilon(node.Real("epsilon", UsualEpsilon))],
            IsShapeFixed = true,
        };
        AddAffine(layer, node.Constant(1, "scale"), node.Constant(2, "bias"), byDefault: true);
        return OperatorTable.Result(layer, x);
    }

    /// <summary>Scale and bias of channels, or of groups of them (as GroupNormalization had until opset 20); none where they change nothing.</summary>
    private static void AddAffine(Layer layer, Tensor scale, Tensor bias, bool byDefault)
    {
        int channels = layer.Channels;
        if (scale.Length == 0 || channels % scale.Length != 0 || scale.Length != bias.Length)
            throw new NotExpressibleException($"its scale {Tensor.Text(scale.Shape)} and bias {Tensor.Text(bias.Shape)} do not fit {channels} channels");
        bool isAffine = scale.Uniform() != 1 || bias.Uniform() != 0;
        if (isAffine != byDefault)
            layer.Options.Add(("Affine", Literal.Of(isAffine)));
        if (!isAffine)
            return;
        int repeat = channels / scale.Length;
        int[] positions = [.. Enumerable.Range(0, channels).Select(channel => channel / repeat)];
        layer.SetParameter("weight", scale.Picked([channels], positions));
        layer.SetParameter("bias", bias.Picked([channels], positions));
    }

    private static OnnxValue LayerNorm(OperatorNode node)
    {
        node.Ignore("stash_type");
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        int axis = ShapeArithmetic.Axis(node.Integer("axis", -1), x.Axes.Length);
        if (axis != 1)
            throw new NotExpressibleException($"it normalises from axis {axis} of {Tensor.Text(x.Axes)}; LayerNorm is over everything but the batch");
        Tensor scale = node.Constant(1, "scale");
        Tensor? bias = node.ConstantOrNull(2, "bias");
        Layer layer = new("LayerNorm", input.Shape, node.Source)
        {
            Inputs = [input],
            Options = [.. Epsilon(node.Real("epsilon", UsualEpsilon))],
            IsShapeFixed = true,
        };
        if (scale.Uniform() == 1 && (bias is null || bias.Uniform() == 0))
        {
            layer.Options.Add(("Affine", "false"));
        }
        else
        {
            layer.SetParameter("weight", Whole(scale, input));
            layer.SetParameter("bias", Whole(bias ?? Tensor.Filled([1], 0), input));
        }

        return OperatorTable.Result(layer, x);
    }

    /// <summary>One number for each element of an image.</summary>
    public static Tensor Whole(Tensor constant, Layer layer)
    {
        if (!ShapeArithmetic.Broadcast(constant.Shape, layer.Shape).AsSpan().SequenceEqual(layer.Shape))
            throw new NotExpressibleException($"its constant {Tensor.Text(constant.Shape)} does not fit {Tensor.Text(layer.Shape)}");
        return constant.Picked(layer.Shape, ShapeArithmetic.BroadcastPositions(constant.Shape, layer.Shape, layer.Length));
    }

    private static OnnxValue L2Normalize(OperatorNode node)
    {
        node.Require("p", 2, "L2Normalize divides by the root of the sum of squares");
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        int axis = ShapeArithmetic.Axis(node.Integer("axis", -1), x.Axes.Length);
        if (axis == 0)
            throw new NotExpressibleException("it is over the batch, and every image is computed for itself");
        Layer layer = new("L2Normalize", input.Shape, node.Source) { Inputs = [input], IsShapeFixed = true };
        if (axis != 1)
            layer.Options.Add(("Axis", Literal.Of(axis)));
        return OperatorTable.Result(layer, x);
    }

    private static OnnxValue LocalResponseNorm(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        int size = node.Int32("size", 0);
        if (size < 1 || size % 2 == 0)
            throw new NotExpressibleException(
                $"its size is {size}; an even one reaches farther ahead in ONNX and farther back in LocalResponseNorm, and one below 1 has no channel");
        Layer layer = new("LocalResponseNorm", input.Shape, node.Source) { Inputs = [input], Arguments = [Literal.Of(size)], IsShapeFixed = true };
        AddUnless(layer, "Alpha", node.Real("alpha", 1e-4f), 1e-4f);
        AddUnless(layer, "Beta", node.Real("beta", 0.75f), 0.75f);
        AddUnless(layer, "K", node.Real("bias", 1), 1);
        return OperatorTable.Result(layer, x);
    }

    private static void AddUnless(Layer layer, string name, float value, float usual)
    {
        if (value != usual)
            layer.Options.Add((name, Literal.Of(value)));
    }
}
