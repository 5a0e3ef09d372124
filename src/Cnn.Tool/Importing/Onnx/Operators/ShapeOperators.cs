namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>What moves nothing (Reshape and its kin), joins (Concat), or picks channels (Split, Slice, Gather, a shuffling Transpose).</summary>
internal static class ShapeOperators
{
    private const int MostSelected = 1 << 12;

    public static void Register()
    {
        OperatorTable.Add("Reshape", node => Viewed(node, axes => ShapeArithmetic.Reshape(axes, ShapeArithmetic.Target(node))));
        OperatorTable.Add("Flatten", node => Viewed(node, axes => ShapeArithmetic.Flatten(axes, node.Int32("axis", 1))));
        OperatorTable.Add("Squeeze", node => Viewed(node, axes => ShapeArithmetic.Squeeze(axes, ShapeArithmetic.Axes(node))));
        OperatorTable.Add("Unsqueeze", node => Viewed(node, axes => ShapeArithmetic.Unsqueeze(axes, ShapeArithmetic.Axes(node) ?? [])));
        OperatorTable.Add("Cast", Cast);
        OperatorTable.Add("Concat", Concat);
        OperatorTable.Add("Transpose", Transpose);
        OperatorTable.Add("Slice", node => Selected(node, (axes, length) => ShapeArithmetic.Slice(node, 1, length, axes.Length)));
        OperatorTable.Add("Gather", Gather);
        OperatorTable.All.Add("Split", Split);
    }

    /// <summary>The same numbers under other axes; the batch stays the first.</summary>
    private static FeatureValue Viewed(OperatorNode node, Func<int[], int[]> reshape)
    {
        FeatureValue x = node.Feature(0);
        int[] axes = reshape(x.Axes);
        if (axes.Length > Tensor.MostAxes)
            throw new NotExpressibleException($"it makes {axes.Length} axes; at most {Tensor.MostAxes} are read");
        if (axes.Length < 2 || axes[0] != x.Batch)
            throw new NotExpressibleException($"it makes {Tensor.Text(axes)} of {Tensor.Text(x.Axes)}, which does not keep the batch of {x.Batch}");
        return x with { Axes = axes, Viewer = node.Source };
    }

    private static OnnxValue Cast(OperatorNode node)
    {
        const int Float = 1;
        node.Ignore("saturate", "round_mode");
        node.Require("to", Float, "a network computes in float");
        return node.Feature(0);
    }

    private static OnnxValue Concat(OperatorNode node)
    {
        FeatureValue first = node.Feature(0);
        int rank = first.Axes.Length;
        int axis = ShapeArithmetic.Axis(node.Integer("axis", 1), rank);
        if (axis != 1)
            throw new NotExpressibleException($"it joins along axis {axis} of {Tensor.Text(first.Axes)}; Concat is along the channels, axis 1");
        FeatureValue[] parts = [.. Enumerable.Range(0, node.InputCount).Select(node.Feature)];
        if (parts.Length == 1)
            return first;
        Layer[] layers = [.. parts.Select(Views.Natural)];
        if (layers.Any(layer => !layer.Shape.AsSpan(1).SequenceEqual(layers[0].Shape.AsSpan(1))))
            throw new NotExpressibleException("its inputs have different axes behind the channels");
        Layer layer = new("Concat", [layers.Sum(part => part.Channels), .. layers[0].Shape.Skip(1)], node.Source) { Inputs = [.. layers], IsShapeFixed = true };
        return OperatorTable.Result(layer, first);
    }

    /// <summary>A transposition of axes that the channels were split into is a permutation of the channels.</summary>
    private static OnnxValue Transpose(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        int[] order = ShapeArithmetic.Order(node, x.Axes.Length);
        int[] axes = [.. order.Select(axis => x.Axes[axis])];
        int[] moved = [.. order.Where(axis => x.Axes[axis] != 1)];
        if (moved.SequenceEqual(moved.Order()))
            return axes[0] == x.Batch ? x with { Axes = axes, Viewer = node.Source } : throw new NotExpressibleException("it moves the batch");
        Layer layer = x.Layer;
        if (BlockOfPixels(x, order) is > 0 and { } block)
        {
            layer.IsShapeFixed = true;
            return x with { Layer = PixelOperators.Shuffled(layer, block, node.Source), Axes = axes };
        }

        int split = SplitOfChannels(x);
        bool movesChannelsOnly = split > 0
            && order.Select((axis, index) => axis == index || (axis <= split && index <= split && axis > 0 && index > 0)).All(stays => stays);
        if (!movesChannelsOnly)
            throw new NotExpressibleException(
                $"it moves axes of {Tensor.Text(x.Axes)} in the order {Tensor.Text(order)}; layers keep the order batch, channels, positions");
        layer.IsShapeFixed = true;
        int[] parts = x.Axes[1..(split + 1)];
        int[] channels = [.. Enumerable.Range(0, layer.Channels)];
        Tensor numbers = Tensor.OfIntegers(parts, [.. channels.Select(channel => (long)channel)]);
        long[] permuted = numbers.Transposed([.. order[1..(split + 1)].Select(axis => axis - 1)]).Integers!;
        return x with { Layer = Selection(layer, [.. permuted.Select(channel => (int)channel)], node.Source), Axes = axes };
    }

    /// <summary>
    /// The block of what PyTorch writes for PixelShuffle: channels split into [channels, block, block], each part then put behind its axis of the
    /// map; 0 for anything else.
    /// </summary>
    private static int BlockOfPixels(FeatureValue x, int[] order)
    {
        bool isShuffle = x.Layer.Rank == 2 && order is [0, 1, 4, 2, 5, 3] && x.Axes[2] == x.Axes[3]
            && x.Axes.AsSpan(4).SequenceEqual(x.Layer.Shape.AsSpan(1)) && (long)x.Axes[1] * x.Axes[2] * x.Axes[3] == x.Layer.Channels;
        return isShuffle ? x.Axes[2] : 0;
    }

    /// <summary>How many axes behind the batch multiply to the channels, with the layer's own axes behind them; 0 for another view.</summary>
    private static int SplitOfChannels(FeatureValue x)
    {
        int product = 1;
        for (int axis = 1; axis < x.Axes.Length; axis++)
        {
            product *= x.Axes[axis];
            if (product == x.Layer.Channels && x.Axes.AsSpan(axis + 1).SequenceEqual(x.Layer.Shape.AsSpan(1)))
                return axis;
        }

        return 0;
    }

    private static OnnxValue Gather(OperatorNode node)
    {
        long[] indices = node.Constant(1, "indices").Integers ?? throw new NotExpressibleException("its indices are not integers");
        FeatureValue x = node.Feature(0);
        if (ShapeArithmetic.Axis(node.Integer("axis", 0), x.Axes.Length) != 1 || node.Constant(1, "indices").Shape.Length != 1)
            throw new NotExpressibleException("it picks along another axis than the channels, or drops the axis");
        return Selected(node, (_, length) => [.. indices.Select(index => ShapeArithmetic.Position(index, length))]);
    }

    private static OnnxValue Selected(OperatorNode node, Func<int[], int, int[]> select)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        int[] channels = select(x.Axes, input.Channels);
        return OperatorTable.Result(Selection(input, channels, node.Source), x);
    }

    private static IReadOnlyList<OnnxValue> Split(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        int axis = ShapeArithmetic.Axis(node.Integer("axis", 0), x.Axes.Length);
        if (axis != 1)
            throw new NotExpressibleException($"it splits axis {axis}; the channels are axis 1");
        Layer input = Views.Natural(x);
        int count = (int)Math.Clamp(node.Integer("num_outputs", node.OutputCount), 1, MostSelected);
        int each = (input.Channels + count - 1) / count;
        long[] lengths = node.Integers("split") ?? node.ConstantOrNull(1, "split")?.Integers
            ?? [.. Enumerable.Range(0, count).Select(part => (long)Math.Min(each, input.Channels - (part * each)))];
        if (lengths.Any(length => length < 1) || lengths.Sum() != input.Channels)
            throw new NotExpressibleException($"its parts {Tensor.Text(lengths)} do not make up the {input.Channels} channels");
        List<OnnxValue> parts = [];
        int begin = 0;
        foreach (int length in lengths.Select(length => (int)length))
        {
            parts.Add(OperatorTable.Result(Selection(input, [.. Enumerable.Range(begin, length)], node.Source), x));
            begin += length;
        }

        return parts;
    }

    /// <summary>
    /// Channels or features in another order, or some of them: a 1x1 convolution or a linear layer whose weights are 0 and 1, which training leaves
    /// alone.
    /// </summary>
    private static Layer Selection(Layer input, int[] channels, string source)
    {
        if (channels.Length == 0 || channels.Any(channel => channel < 0 || channel >= input.Channels))
            throw new NotExpressibleException($"it picks channels that are none of the {input.Channels} that there are");
        if (channels.AsSpan().SequenceEqual([.. Enumerable.Range(0, input.Channels)]))
            return input;
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
            IsShapeFixed = true,
        };
    }
}
