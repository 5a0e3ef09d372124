using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Gemm and MatMul with a constant matrix: linear layers, or 1x1 convolutions where there are positions.</summary>
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

    /// <summary>Gemm, and what com.microsoft's FusedGemm does before its activation.</summary>
    public static FeatureValue Gemm(OperatorNode node)
    {
        // Until opset 6 a flag allowed the bias to be broadcast; since 7 it may always be.
        node.Ignore("broadcast");
        FeatureValue x = node.Feature(0);
        if (x.Axes.Length != 2)
            throw new NotExpressibleException($"its first operand {Tensor.Text(x.Axes)} is not a matrix");
        if (node.Integer("transA", 0) != 0)
            x = ViewOperators.Transposed(x, [1, 0], node.Source);
        Tensor b = Matrix(node, 1);
        Tensor weight = (node.Integer("transB", 0) != 0 ? b : b.Transposed(1, 0)).Scaled(node.Real("alpha", 1));
        float beta = node.Real("beta", 1);
        FeatureValue y = Contracted(node, x, 1, weight);
        if (node.ConstantOrNull(2, "bias")?.Scaled(beta) is not { } c)
        {
            AddBias(y.Layer, null);
            return y;
        }

        if (!ShapeArithmetic.Broadcast(c.Shape, y.Axes).AsSpan().SequenceEqual(y.Axes))
            throw new NotExpressibleException($"its bias {Tensor.Text(c.Shape)} does not fit {weight.Shape[0]} outputs");
        if (ViewedConstant.Of(c, y.View) is { } bias && bias.Shape.AsSpan(1).IndexOfAnyExcept(1) < 0)
        {
            AddBias(y.Layer, bias.Picked([y.Layer.Channels], [.. Enumerable.Range(0, y.Layer.Channels).Select(index => bias.Length == 1 ? 0 : index)]));
            return y;
        }

        AddBias(y.Layer, null);
        return ConstantArithmetic.Of(node.Source, "add", y, c);
    }

    /// <summary>The constant on the right works on the last axis, one on the left on the axis before it.</summary>
    private static FeatureValue MatMul(OperatorNode node)
    {
        bool isLeft = node.Optional(0) is ConstantValue;
        FeatureValue x = node.Feature(isLeft ? 1 : 0);
        int axis = x.Axes.Length - (isLeft ? 2 : 1);
        if (axis < 0)
            throw new NotExpressibleException($"it multiplies {Tensor.Text(x.Axes)} from the left; a matrix is needed");
        Tensor b = Matrix(node, isLeft ? 0 : 1);
        FeatureValue y = Contracted(node, x, axis, isLeft ? b : b.Transposed(1, 0));
        AddBias(y.Layer, null);
        return y;
    }

    /// <summary>The constant operand as a matrix.</summary>
    public static Tensor Matrix(OperatorNode node, int index)
    {
        if (node.Optional(index) is FeatureValue && node.Optional(1 - index) is FeatureValue)
            throw new NotExpressibleException("it multiplies two tensors that are both computed while the network runs, as attention does, and no layer "
                + "does this");
        Tensor b = node.Constant(index, index == 0 ? "first matrix" : "second matrix");
        return b.Shape.Length >= 2 && b.Shape.AsSpan(0, b.Shape.Length - 2).IndexOfAnyExcept(1) < 0
            ? b.Reshaped(b.Shape[^2..])
            : throw new NotExpressibleException($"its {(index == 0 ? "first" : "second")} operand {Tensor.Text(b.Shape)} is not a matrix");
    }

    /// <summary>A matrix times what lies along an axis of the model, without a bias so far.</summary>
    /// <param name="node">The node.</param>
    /// <param name="x">The value.</param>
    /// <param name="axis">The model's axis.</param>
    /// <param name="weight">Outputs x inputs.</param>
    public static FeatureValue Contracted(OperatorNode node, FeatureValue x, int axis, Tensor weight)
    {
        if (weight.Shape[1] != x.Axes[axis])
            throw new NotExpressibleException($"its matrix takes {weight.Shape[1]} features, and its input has {x.Axes[axis]}");
        if (x.View.Model[axis].Any(x.View.IsBatch))
            throw new NotExpressibleException($"it works along axis {axis} of {Tensor.Text(x.Axes)}, so that it mixes the images of a batch");
        if (x.View.Model[axis].Any(x.View.IsRepetition))
            x = Views.Spread(x);
        AxisFactor[] own = x.View.Model[axis];
        AxisFactor[] ofImage = [.. x.View.Layer.Skip(1).SelectMany(static factors => factors)];
        bool isAll = own.Length == ofImage.Length;
        bool isChannels = own.Length > 0 && own.Length == x.View.Layer[1].Length && own.All(x.View.Layer[1].Contains);
        if (!isAll && !isChannels)
            x = Views.Arranged(x, ChannelsFirst(x, own));
        // Neighbours may have become one factor.
        own = x.View.Model[axis];
        AxisFactor[] order = isAll ? ofImage : x.View.Layer[1];
        weight = Reordered(weight, own, order);
        Layer input = isAll ? Regrouping.Of(x.Layer, [x.Layer.Length], node.Source) : x.Layer;
        Layer layer = new(input.Rank == 0 ? "Linear" : "Conv", [weight.Shape[0], .. input.Shape.Skip(1)], node.Source)
        {
            Inputs = [input],
            Arguments = [Literal.Of(weight.Shape[0]), .. input.Rank == 0 ? (string[])[] : ["1"]],
            Parameters = [("weight", weight.Reshaped([.. weight.Shape, .. WindowAttributes.Repeated(1, input.Rank)]))],
            ModelName = ModelNames.OfParameter(node.InputName(1)),
        };
        AxisFactor[] made = AxisView.Whole(weight.Shape[0]);
        return new FeatureValue(layer, AxisView.Of(
            x.View.Model.Select((factors, index) => index == axis ? made : factors),
            isAll ? [x.View.Layer[0], made] : [x.View.Layer[0], made, .. x.View.Layer.Skip(2)]));
    }

    /// <summary>The axis as the channels, and the others behind it in the layer's order.</summary>
    private static IReadOnlyList<AxisFactor[]> ChannelsFirst(FeatureValue x, AxisFactor[] own)
    {
        List<AxisFactor[]> others = [.. x.View.Layer.Skip(1).Select(factors => factors.Except(own).ToArray()).Where(static factors => factors.Length > 0)];
        return Views.Joined([own, .. others], factors => !factors.SequenceEqual(own) || own.Length == 0);
    }

    /// <summary>The columns of a matrix, from the order of some factors to another order of the same.</summary>
    private static Tensor Reordered(Tensor weight, AxisFactor[] from, AxisFactor[] to)
    {
        if (from.SequenceEqual(to))
            return weight;
        int[] order = [.. to.Select(factor => Array.IndexOf(from, factor) + 1)];
        return weight.Reshaped([weight.Shape[0], .. from.Select(static factor => factor.Length)]).Transposed([0, .. order]).Reshaped(weight.Shape);
    }
}
