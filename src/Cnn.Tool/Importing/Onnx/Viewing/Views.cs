namespace Cnn.Tool.Importing.Onnx.Viewing;

/// <summary>From a value under the axes that the model sees to a layer whose output has the axes that an operator needs.</summary>
internal static class Views
{
    /// <summary>A layer whose output has the model's axes.</summary>
    /// <exception cref="NotExpressibleException">They are more than a layer has, or the first of them is not the batch.</exception>
    public static Layer Natural(FeatureValue value)
    {
        int[] axes = value.Axes;
        if (axes.Length - 1 > Rearrangement.MostAxes)
        {
            throw new NotExpressibleException(
                $"it makes {Tensor.Text(axes)}, which something reads; a network has at most three axes behind the batch and the channels", value.Viewer);
        }

        if (axes.Length < 2)
            throw new NotExpressibleException($"it makes {Tensor.Text(axes)}, which something reads; a layer has the batch and the channels at least",
                value.Viewer);
        return Arranged(value, [.. value.View.Model.Skip(1)]).Layer;
    }

    /// <summary>The value, which needs so many axes at least.</summary>
    public static FeatureValue WithLeast(FeatureValue value, int axes) => value.Axes.Length >= axes
        ? value
        : throw new NotExpressibleException($"its input is {Tensor.Text(value.Axes)}; at least {axes} axes are needed");

    /// <summary>The value of a layer with wanted axes.</summary>
    /// <param name="value">The value.</param>
    /// <param name="axes">The wanted axes without the batch: all factors of the value's view, each once.</param>
    /// <exception cref="NotExpressibleException">The factors are not those of an image alone.</exception>
    public static FeatureValue Arranged(FeatureValue value, IReadOnlyList<AxisFactor[]> axes)
    {
        if (axes.Any(axis => axis.Any(value.View.IsBatch))
            || axes.Sum(static axis => axis.Length) != value.View.Model.Sum(axis => axis.Count(factor => !value.View.IsBatch(factor))))
            throw MovesBatch(value);
        AxisView view = value.View.WithoutRepetitions();
        IReadOnlyList<AxisFactor[]> once = [.. axes.Select(axis => axis.Where(factor => !value.View.IsRepetition(factor)).ToArray())];
        string source = value.Viewer ?? value.Layer.Source;
        Layer layer = Rearrangement.Of(value.Layer, [.. view.Layer.Skip(1)], once, source);
        if (value.View.Repeats)
            layer = Repetition.Of(layer, axes, value.View.IsRepetition, source);
        return value with { Layer = layer, View = AxisView.Of(value.View.Model, [value.View.Layer[0], .. axes]) };
    }

    /// <summary>The same value with every element in the layer once for each place where the model sees it.</summary>
    public static FeatureValue Spread(FeatureValue value)
    {
        if (!value.View.Repeats)
            return value;
        return Arranged(value, Joined(value.View.AxesOfImage(), static _ => true));
    }

    /// <summary>The same numbers under other axes of the model.</summary>
    /// <param name="value">The value.</param>
    /// <param name="axes">As many elements.</param>
    /// <param name="viewer">The node.</param>
    public static FeatureValue Reshaped(FeatureValue value, int[] axes, string viewer)
    {
        if (axes.Length > Tensor.MostAxes)
            throw new NotExpressibleException($"it makes {axes.Length} axes; at most {Tensor.MostAxes} are read");
        if (value.View.Reshaped(axes) is { } view)
            return value with { View = view, Viewer = viewer };
        // An axis would be cut between its factors: the numbers are put into the order that the model sees.
        AxisFactor[] order = [.. value.View.Model.SelectMany(static axis => axis)];
        bool isBatchFirst = Array.FindLastIndex(order, value.View.IsBatch) <= 0;
        FeatureValue flat = isBatchFirst ? Arranged(value, [[.. order.Where(factor => !value.View.IsBatch(factor))]]) : throw MovesBatch(value);
        return flat with
        {
            View = flat.View.Reshaped(axes)
                ?? throw new NotExpressibleException($"it makes {Tensor.Text(axes)} of {Tensor.Text(value.Axes)}, which does not keep the batch of "
                    + $"{value.Batch}"),
            Viewer = viewer,
        };
    }

    /// <summary>The value of a layer of which an axis of the model is one axis, whole and alone.</summary>
    /// <param name="value">The value.</param>
    /// <param name="axis">The model's axis.</param>
    public static FeatureValue WithWhole(FeatureValue value, params int[] axis)
    {
        if (Array.TrueForAll(axis, one => value.View.LayerAxisOf(one) > 0 || value.View.Model[one].Length == 0))
            return value;
        FeatureValue spread = Spread(value);
        if (axis.Any(one => spread.View.Model[one].Any(spread.View.IsBatch)))
            throw new NotExpressibleException($"it makes {Tensor.Text(value.Axes)}, and something works along an axis of it that has the images of the "
                + $"batch in it", value.Viewer);
        List<AxisFactor[]> axes = [];
        List<AxisFactor[]> kept = [];
        for (int index = 0; index < spread.Axes.Length; index++)
        {
            AxisFactor[] own = [.. spread.View.Model[index].Where(factor => !spread.View.IsBatch(factor))];
            if (own.Length == 0)
                continue;
            axes.Add(own);
            if (axis.Contains(index))
                kept.Add(own);
        }

        return Arranged(spread, Joined(axes, own => !kept.Contains(own)));
    }

    /// <summary>No more axes than a layer has: neighbours become one, the outer ones first, where that is allowed.</summary>
    public static IReadOnlyList<AxisFactor[]> Joined(List<AxisFactor[]> axes, Func<AxisFactor[], bool> isAllowed)
    {
        List<(AxisFactor[] Axis, bool IsFree)> joined = [.. axes.Select(axis => (axis, isAllowed(axis)))];
        while (joined.Count > Rearrangement.MostAxes)
        {
            int first = Enumerable.Range(0, joined.Count - 1).FirstOrDefault(index => joined[index].IsFree && joined[index + 1].IsFree, -1);
            if (first < 0)
                throw new NotExpressibleException("it needs more than three axes behind the batch and the channels");
            joined[first] = ([.. joined[first].Axis, .. joined[first + 1].Axis], true);
            joined.RemoveAt(first + 1);
        }

        return joined.Count == 0 ? [[]] : [.. joined.Select(static pair => pair.Axis)];
    }

    private static NotExpressibleException MovesBatch(FeatureValue value) => new(
        $"it makes {Tensor.Text(value.Axes)}, in which the batch of {value.Batch} is not the first axis or not alone; layers work on each image for itself",
        value.Viewer);
}
