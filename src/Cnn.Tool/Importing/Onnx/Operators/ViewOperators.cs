using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>What changes the view of a layer's output and nothing else: Reshape and its kin, Transpose, repetitions, and blocks of pixels.</summary>
internal static class ViewOperators
{
    public static void Register()
    {
        OperatorTable.Add("Reshape", node => Viewed(node, axes => ShapeArithmetic.Reshape(axes, ShapeArithmetic.Target(node))));
        OperatorTable.Add("Flatten", node => Viewed(node, axes => ShapeArithmetic.Flatten(axes, node.Int32("axis", 1))));
        OperatorTable.Add("Squeeze", node => Viewed(node, axes => ShapeArithmetic.Squeeze(axes, ShapeArithmetic.Axes(node))));
        OperatorTable.Add("Unsqueeze", node => Viewed(node, axes => ShapeArithmetic.Unsqueeze(axes, ShapeArithmetic.Axes(node) ?? [])));
        OperatorTable.Add("Identity", node => node.Seen(0));
        OperatorTable.Add("Cast", Cast);
        OperatorTable.Add("Transpose", Transpose);
        OperatorTable.Add("Expand", Expand);
        OperatorTable.Add("Tile", Tile);
        OperatorTable.Add("DepthToSpace", DepthToSpace);
        OperatorTable.Add("SpaceToDepth", SpaceToDepth);
    }

    /// <summary>The same value with the axes of the model in another order.</summary>
    public static FeatureValue Transposed(FeatureValue x, int[] order, string source) => x with { View = x.View.Transposed(order), Viewer = source };

    private static FeatureValue Viewed(OperatorNode node, Func<int[], int[]> reshape)
    {
        FeatureValue x = node.Seen(0);
        return Views.Reshaped(x, reshape(x.Axes), node.Source);
    }

    private static FeatureValue Transpose(OperatorNode node)
    {
        FeatureValue x = node.Seen(0);
        return Transposed(x, ShapeArithmetic.Order(node, x.Axes.Length), node.Source);
    }

    /// <summary>A network computes in float, so that a Cast to another width of it does nothing.</summary>
    private static FeatureValue Cast(OperatorNode node)
    {
        const int Float = 1, Float16 = 10, Double = 11, Bfloat16 = 16;
        node.Ignore("saturate", "round_mode");
        FeatureValue x = node.Seen(0);
        long to = node.Integer("to", Float);
        return to is Float or Float16 or Double or Bfloat16
            ? x with { IsBytes = false }
            : throw new NotExpressibleException($"it casts to {OnnxTensors.TypeName((int)Math.Clamp(to, 0, int.MaxValue))}, and a network computes in float");
    }

    private static FeatureValue Expand(OperatorNode node)
    {
        FeatureValue x = node.Seen(0);
        long[] target = node.Constant(1, "shape").Integers ?? throw new NotExpressibleException("its shape is not a list of integers");
        return Expanded(x, ShapeArithmetic.Broadcast(x.Axes, Tensor.CheckedShape(target)), node.Source);
    }

    /// <summary>The value with its axes of length 1 repeated to wider ones.</summary>
    public static FeatureValue Expanded(FeatureValue x, int[] axes, string source)
    {
        if (axes.Length > x.Axes.Length)
            x = Views.Reshaped(x, [.. Enumerable.Repeat(1, axes.Length - x.Axes.Length), .. x.Axes], source);
        return x with
        {
            View = x.View.WithModel(x.View.Model.Select((axis, index) => axis.Length == 0 ? AxisView.Whole(axes[index]) : axis)),
            Viewer = source,
        };
    }

    private static FeatureValue Tile(OperatorNode node)
    {
        FeatureValue x = node.Seen(0);
        int[] repeats = Tensor.CheckedShape(node.Constant(1, "repeats").Integers ?? throw new NotExpressibleException("its repeats are not integers"));
        if (repeats.Length != x.Axes.Length || repeats.Contains(0))
            throw new NotExpressibleException($"its repeats {Tensor.Text(repeats)} are not one positive number for each axis of {Tensor.Text(x.Axes)}");
        return repeats.Index().Aggregate(x, (value, repeat) => Repeated(value, repeat.Index, repeat.Item, node.Source));
    }

    /// <summary>The whole of an axis again and again.</summary>
    public static FeatureValue Repeated(FeatureValue x, int axis, int times, string source)
    {
        _ = Tensor.CheckedShape([.. x.Axes.Select((length, index) => index == axis ? (long)length * times : length)]);
        return x with
        {
            View = x.View.WithModel(x.View.Model.Select((factors, index) => index == axis ? [.. AxisView.Whole(times), .. factors] : factors)),
            Viewer = source,
        };
    }

    private static FeatureValue DepthToSpace(OperatorNode node)
    {
        (FeatureValue x, int block) = Blocks(node);
        int[] axes = x.Axes;
        if (axes[1] % (block * block) != 0)
            throw new NotExpressibleException(
                $"its blocksize {block} makes {block * block} pixels of each channel, which does not divide the {axes[1]} channels");
        int channels = axes[1] / (block * block);
        (int[] split, int[] order) = node.Text("mode", "DCR") switch
        {
            "DCR" => ((int[])[axes[0], block, block, channels, axes[2], axes[3]], (int[])[0, 3, 4, 1, 5, 2]),
            "CRD" => ([axes[0], channels, block, block, axes[2], axes[3]], [0, 1, 4, 2, 5, 3]),
            string other => throw new NotExpressibleException($"its mode is '{other}'; DCR and CRD are known"),
        };
        FeatureValue moved = Transposed(Views.Reshaped(x, split, node.Source), order, node.Source);
        return Views.Reshaped(moved, [axes[0], channels, axes[2] * block, axes[3] * block], node.Source);
    }

    private static FeatureValue SpaceToDepth(OperatorNode node)
    {
        (FeatureValue x, int block) = Blocks(node);
        int[] axes = x.Axes;
        (int height, int width) = (axes[2] / block, axes[3] / block);
        if (axes[2] % block != 0 || axes[3] % block != 0)
            throw new NotExpressibleException($"its blocksize {block} does not divide the map {Tensor.Text(axes)}");
        FeatureValue split = Views.Reshaped(x, [axes[0], axes[1], height, block, width, block], node.Source);
        return Views.Reshaped(Transposed(split, [0, 3, 5, 1, 2, 4], node.Source), [axes[0], axes[1] * block * block, height, width], node.Source);
    }

    private static (FeatureValue Value, int Block) Blocks(OperatorNode node)
    {
        const int Largest = 64;
        FeatureValue x = node.Seen(0);
        long block = node.Integer("blocksize", 0);
        return block is >= 1 and <= Largest && x.Axes.Length == 4
            ? (x, (int)block)
            : throw new NotExpressibleException(
                $"its blocksize is {block} on {Tensor.Text(x.Axes)}; a map of two axes and a block of 1 to {Largest} are needed");
    }
}
