using System.Globalization;
using Cnn.Tool.Importing.Onnx.Viewing;

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

        FeatureValue x = WithChannels(node.Feature(0));
        Layer input = x.Layer;
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
        };
        return x with { Layer = layer };
    }

    /// <summary>The value of a layer whose channels are the model's axis 1, whatever its other axes.</summary>
    private static FeatureValue WithChannels(FeatureValue value)
    {
        FeatureValue x = Views.Spread(Views.WithLeast(value, 2));
        if (x.View.LayerAxisOf(1) == 1 || (x.View.Model[1].Length == 0 && x.View.Layer[1].Length == 0))
            return x;
        return FeatureValue.Of(Views.Natural(x), x.Batch);
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

    /// <summary>
    /// Also how exporters write group normalisation: over a view in which the groups are the channels. The order of the rest does not matter.
    /// </summary>
    private static OnnxValue InstanceNorm(OperatorNode node)
    {
        node.Ignore("consumed_inputs");
        FeatureValue x = Views.Spread(Views.WithLeast(node.Feature(0), 2));
        int groups = x.Axes[1];
        Tensor scale = node.Constant(1, "scale");
        Tensor bias = node.Constant(2, "bias");
        if (scale.Length != groups || bias.Length != groups)
            throw new NotExpressibleException($"its scale {Tensor.Text(scale.Shape)} does not fit {groups} channels");
        AxisFactor[] channels = x.View.Layer[1];
        bool isAlone = x.View.Model[0].SequenceEqual(x.View.Layer[0]);
        bool isGrouped = isAlone && channels.Length > x.View.Model[1].Length && channels.Take(x.View.Model[1].Length).SequenceEqual(x.View.Model[1]);
        if (!isGrouped && (!isAlone || !channels.SequenceEqual(x.View.Model[1])))
            x = FeatureValue.Of(Views.Natural(x), x.Batch);
        if (!isGrouped && x.Layer.Rank == 0)
            throw new NotExpressibleException("its input has no axes behind the channels");
        Layer layer = new(isGrouped ? "GroupNorm" : "InstanceNorm", x.Layer.Shape, node.Source)
        {
            Inputs = [x.Layer],
            Arguments = isGrouped ? [Literal.Of(groups)] : [],
            Options = [.. Epsilon(node.Real("epsilon", UsualEpsilon))],
        };
        AddAffine(layer, scale, bias, byDefault: isGrouped);
        return x with { Layer = layer };
    }

    private static OnnxValue GroupNorm(OperatorNode node)
    {
        node.Ignore("stash_type");
        FeatureValue x = Views.WithLeast(node.Feature(0), 2);
        // Statistics are over all positions of the layer, so that none may stand for what the model takes for other images.
        x = x.View.Model[0].SequenceEqual(x.View.Layer[0]) ? WithChannels(x) : FeatureValue.Of(Views.Natural(x), x.Batch);
        Layer input = x.Layer;
        int groups = node.Int32("num_groups", 0);
        if (groups < 1 || input.Channels % groups != 0)
            throw new NotExpressibleException($"its num_groups is {groups}, which does not divide the {input.Channels} channels");
        Layer layer = new("GroupNorm", input.Shape, node.Source)
        {
            Inputs = [input],
            Arguments = [Literal.Of(groups)],
            Options = [.. Epsilon(node.Real("epsilon", UsualEpsilon))],
        };
        AddAffine(layer, node.Constant(1, "scale"), node.Constant(2, "bias"), byDefault: true);
        return x with { Layer = layer };
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

    /// <summary>Over everything of an image, or over what is then the channels.</summary>
    private static OnnxValue LayerNorm(OperatorNode node)
    {
        node.Ignore("stash_type");
        FeatureValue x = Views.Spread(node.Feature(0));
        int axis = ShapeArithmetic.Axis(node.Integer("axis", -1), x.Axes.Length);
        AxisFactor[] own = [.. x.View.Model.Skip(axis).SelectMany(static factors => factors)];
        if (own.Any(x.View.IsBatch))
            throw new NotExpressibleException(
                $"it makes {Tensor.Text(x.Axes)}, which is normalised from axis {axis} on, so that the images of a batch are mixed", x.Viewer);
        bool isAll = own.Length == x.View.Layer.Skip(1).Sum(static factors => factors.Length);
        if (!isAll && !(own.Length == x.View.Layer[1].Length && own.All(x.View.Layer[1].Contains)))
        {
            List<AxisFactor[]> others = [.. x.View.Layer.Skip(1).Select(factors => factors.Except(own).ToArray()).Where(static factors => factors.Length > 0)];
            x = Views.Arranged(x, Views.Joined([own, .. others], factors => factors != own));
        }

        Tensor scale = node.Constant(1, "scale");
        Tensor? bias = node.ConstantOrNull(2, "bias");
        Layer layer = new("LayerNorm", x.Layer.Shape, node.Source)
        {
            Inputs = [x.Layer],
            Options = [.. Epsilon(node.Real("epsilon", UsualEpsilon)), .. isAll ? ((string, string)[])[] : [("ChannelsOnly", "true")]],
        };
        if (scale.Uniform() == 1 && (bias is null || bias.Uniform() == 0))
        {
            layer.Options.Add(("Affine", "false"));
        }
        else
        {
            int[] shape = isAll ? x.Layer.Shape : x.Layer.Shape[..1];
            layer.SetParameter("weight", Whole(scale, x.View, shape));
            layer.SetParameter("bias", Whole(bias ?? Tensor.Filled([1], 0), x.View, shape));
        }

        return x with { Layer = layer };
    }

    /// <summary>One number for each element of a shape, of a constant that is broadcast to what the model sees.</summary>
    private static Tensor Whole(Tensor constant, AxisView view, int[] shape)
    {
        int length = shape.Aggregate(1, static (product, axis) => product * axis);
        if (ViewedConstant.Of(constant, view) is not { } own || own.Shape.AsSpan(shape.Length).IndexOfAnyExcept(1) >= 0)
            throw new NotExpressibleException($"its constant {Tensor.Text(constant.Shape)} does not fit {Tensor.Text(shape)}");
        int[] trimmed = own.Shape[..shape.Length];
        return own.Reshaped(trimmed).Picked(shape, ShapeArithmetic.BroadcastPositions(trimmed, shape, length));
    }

    private static OnnxValue L2Normalize(OperatorNode node)
    {
        node.Require("p", 2, "L2Normalize divides by the root of the sum of squares");
        FeatureValue x = node.Feature(0);
        int axis = ShapeArithmetic.Axis(node.Integer("axis", -1), x.Axes.Length);
        if (x.View.Model[axis].Any(x.View.IsBatch))
            throw new NotExpressibleException("it is over the batch, and every image is computed for itself");
        FeatureValue whole = Views.WithWhole(x, axis);
        int layerAxis = whole.IsNatural ? axis : whole.View.LayerAxisOf(axis);
        if (layerAxis < 1)
        {
            // An axis of length 1 is in no layer's shape unless it is put there.
            whole = FeatureValue.Of(Views.Natural(x), x.Batch);
            layerAxis = axis;
        }

        Layer layer = new("L2Normalize", whole.Layer.Shape, node.Source) { Inputs = [whole.Layer] };
        if (layerAxis != 1)
            layer.Options.Add(("Axis", Literal.Of(layerAxis)));
        return whole with { Layer = layer };
    }

    private static OnnxValue LocalResponseNorm(OperatorNode node)
    {
        FeatureValue x = WithChannels(node.Feature(0));
        Layer input = x.Layer;
        int size = node.Int32("size", 0);
        if (size < 1 || size % 2 == 0)
            throw new NotExpressibleException(
                $"its size is {size}; an even one reaches farther ahead in ONNX and farther back in LocalResponseNorm, and one below 1 has no channel");
        Layer layer = new("LocalResponseNorm", input.Shape, node.Source) { Inputs = [input], Arguments = [Literal.Of(size)] };
        AddUnless(layer, "Alpha", node.Real("alpha", 1e-4f), 1e-4f);
        AddUnless(layer, "Beta", node.Real("beta", 0.75f), 0.75f);
        AddUnless(layer, "K", node.Real("bias", 1), 1);
        return x with { Layer = layer };
    }

    private static void AddUnless(Layer layer, string name, float value, float usual)
    {
        if (value != usual)
            layer.Options.Add((name, Literal.Of(value)));
    }
}
