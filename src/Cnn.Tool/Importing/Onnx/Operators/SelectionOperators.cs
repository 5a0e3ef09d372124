using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Slice, Split and Gather: some elements of an axis, or these in another order.</summary>
internal static class SelectionOperators
{
    private const int MostSelected = 1 << 12;
    private const int MostJoined = 8;

    public static void Register()
    {
        OperatorTable.Add("Slice", Slice);
        OperatorTable.Add("Gather", Gather);
        OperatorTable.All.Add("Split", Split);
    }

    /// <summary>Every so many-th element of an axis of the model.</summary>
    /// <param name="x">The value.</param>
    /// <param name="axis">The model's axis.</param>
    /// <param name="range">Which elements.</param>
    /// <param name="source">The node.</param>
    public static FeatureValue Taken(FeatureValue x, int axis, ElementRange range, string source)
    {
        int length = x.Axes[axis];
        if (range.Count < 1)
            throw new NotExpressibleException($"it keeps nothing of axis {axis} of {Tensor.Text(x.Axes)}");
        if (range.IsAll(length))
            return x;
        if (x.View.Model[axis].Any(x.View.IsBatch))
            throw new NotExpressibleException($"it picks of axis {axis} of {Tensor.Text(x.Axes)}, which has the images of the batch in it");
        if (x.View.Model[axis].Any(x.View.IsRepetition))
            x = Views.Spread(x);
        if (OfFactor(x, axis, range, source) is { } taken)
            return taken;
        FeatureValue whole = Views.WithWhole(x, axis);
        int layerAxis = whole.View.LayerAxisOf(axis);
        return Sliced(whole, layerAxis, range, source) with { View = whole.View.Resized(axis, layerAxis, range.Count), Viewer = source };
    }

    /// <summary>Of an axis that is the outer or the inner part of one of the layer: runs of elements, or every so many-th of them.</summary>
    private static FeatureValue? OfFactor(FeatureValue x, int axis, ElementRange range, string source)
    {
        if (x.View.Model[axis] is not [{ } factor])
            return null;
        int layerAxis = Enumerable.Range(1, x.View.Layer.Count - 1).First(index => x.View.Layer[index].Contains(factor));
        AxisFactor[] own = x.View.Layer[layerAxis];
        if (own.Length == 1)
            return null;
        int inner = AxisView.LengthOf(own.SkipWhile(other => other != factor).Skip(1));
        ElementRange? ofLayer = own[0] == factor && range.Step == 1 ? new ElementRange(range.Start * inner, range.Count * inner, 1)
            : own[^1] == factor && range.Count == 1 ? new ElementRange(range.Start, AxisView.LengthOf(own) / factor.Length, factor.Length)
            : null;
        return ofLayer is null
            ? null
            : Sliced(x, layerAxis, ofLayer, source) with { View = x.View.WithFactor(factor, AxisView.Whole(range.Count)), Viewer = source };
    }

    private static FeatureValue Sliced(FeatureValue x, int layerAxis, ElementRange range, string source)
    {
        Layer layer = x.Layer;
        int[] shape = [.. layer.Shape];
        int length = shape[layerAxis - 1];
        shape[layerAxis - 1] = range.Count;
        (string, string)[] options =
        [
            .. range.Step == 1 ? ((string, string)[])[] : [("Step", Literal.Of(range.Step))],
            .. layerAxis == 1 ? ((string, string)[])[] : [("Axis", Literal.Of(layerAxis))],
        ];
        return x with { Layer = layer.Derived("Slice", range.Arguments(length), shape, source, options) };
    }

    private static FeatureValue Slice(OperatorNode node)
    {
        FeatureValue x = node.Seen(0);
        foreach ((int axis, ElementRange range) in ShapeArithmetic.Slices(node, x.Axes))
            x = Taken(x, axis, range, node.Source);
        return x;
    }

    private static FeatureValue Gather(OperatorNode node)
    {
        FeatureValue x = node.Seen(0);
        Tensor indices = node.Constant(1, "indices");
        int axis = ShapeArithmetic.Axis(node.Integer("axis", 0), x.Axes.Length);
        if (indices.Integers is null || indices.Length == 0)
            throw new NotExpressibleException("its indices are not integers");
        int[] positions = [.. indices.Integers.Select(index => ShapeArithmetic.Position(index, x.Axes[axis]))];
        FeatureValue picked = Picked(x, axis, positions, node.Source);
        return Views.Reshaped(picked, [.. x.Axes[..axis], .. indices.Shape, .. x.Axes[(axis + 1)..]], node.Source);
    }

    /// <summary>Elements of an axis of the model by their positions.</summary>
    public static FeatureValue Picked(FeatureValue x, int axis, int[] positions, string source)
    {
        List<ElementRange> ranges = ElementRange.Of(positions);
        if (ranges.Count == 1)
            return Taken(x, axis, ranges[0], source);
        if (ranges.Count <= MostJoined)
            return ConcatOperators.Joined([.. ranges.Select(range => Taken(x, axis, range, source))], axis, source);
        FeatureValue whole = Views.WithWhole(x, axis);
        if (whole.View.LayerAxisOf(axis) != 1)
            throw new NotExpressibleException($"it picks {ranges.Count} runs of axis {axis} of {Tensor.Text(x.Axes)}; at most {MostJoined} are joined");
        return whole with { Layer = Selection(whole.Layer, positions, source), View = whole.View.Resized(axis, 1, positions.Length), Viewer = source };
    }

    private static IReadOnlyList<OnnxValue> Split(OperatorNode node)
    {
        FeatureValue x = node.Seen(0);
        int axis = ShapeArithmetic.Axis(node.Integer("axis", 0), x.Axes.Length);
        int count = (int)Math.Clamp(node.Integer("num_outputs", node.OutputCount), 1, MostSelected);
        int each = (x.Axes[axis] + count - 1) / count;
        long[] lengths = node.Integers("split") ?? node.ConstantOrNull(1, "split")?.Integers
            ?? [.. Enumerable.Range(0, count).Select(part => (long)Math.Min(each, x.Axes[axis] - (part * each)))];
        if (lengths.Any(length => length < 1) || lengths.Sum() != x.Axes[axis])
            throw new NotExpressibleException($"its parts {Tensor.Text(lengths)} do not make up the {x.Axes[axis]} elements of axis {axis}");
        List<OnnxValue> parts = [];
        int begin = 0;
        foreach (int length in lengths.Select(length => (int)length))
        {
            parts.Add(Taken(x, axis, new ElementRange(begin, length, 1), node.Source));
            begin += length;
        }

        return parts;
    }

    /// <summary>
    /// Channels or features in an order that no few slices have: a 1x1 convolution or a linear layer whose weights are 0 and 1, which training leaves
    /// alone.
    /// </summary>
    private static Layer Selection(Layer input, int[] channels, string source)
    {
        if (channels.Length > MostSelected || input.Channels > MostSelected)
            throw new NotExpressibleException($"it picks of {input.Channels} channels; a layer that does so would be too large");
        float[] weight = new float[channels.Length * input.Channels];
        for (int output = 0; output < channels.Length; output++)
            weight[(output * input.Channels) + channels[output]] = 1;
        bool isFlat = input.Rank == 0;
        return new Layer(isFlat ? "Linear" : "Conv", [channels.Length, .. input.Shape.Skip(1)], source)
        {
            Inputs = [input],
            Arguments = [Literal.Of(channels.Length), .. isFlat ? (string[])[] : ["1"]],
            Options = [("Bias", "false"), ("Frozen", "true")],
            Parameters = [("weight", Tensor.OfReals([channels.Length, input.Channels, .. WindowAttributes.Repeated(1, input.Rank)], weight))],
        };
    }
}
