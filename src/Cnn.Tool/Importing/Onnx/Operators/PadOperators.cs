using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Pad, whichever axes of the model it is of; negative pads crop.</summary>
internal static class PadOperators
{
    /// <summary>What a Pad with minus infinity is until the MaxPool behind it takes it in: its constants are the pads, all begins before all ends.</summary>
    public const string PadWithLowest = "padWithLowest";

    private const int MostPadded = 1 << 20;

    public static void Register() => OperatorTable.Add("Pad", Pad);

    /// <summary>A layer that pads, or the input itself where there is nothing to add.</summary>
    public static Layer Padded(Layer input, int[] pads, string mode, double value, string source)
    {
        if (pads.All(pad => pad == 0))
            return input;
        bool isEven = pads.AsSpan().IndexOfAnyExcept(pads[0]) < 0;
        Layer layer = new("Pad", PaddedShape(input, pads), source)
        {
            Inputs = [input],
            Arguments = isEven ? [Literal.Of(pads[0])] : [.. pads.Select(Literal.Of)],
        };
        if (mode != "Zero")
            layer.Options.Add(("Mode", "PadMode." + mode));
        if (value != 0)
            layer.Options.Add(("Value", Literal.Of(value)));
        return layer;
    }

    private static int[] PaddedShape(Layer input, int[] pads) =>
        [input.Channels, .. input.Shape.Skip(1).Select((length, axis) => length + pads[axis] + pads[input.Rank + axis])];

    private static FeatureValue Pad(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        double value = node.Number(2, "value") ?? node.Real("value", 0);
        string mode = node.Text("mode", "constant") switch
        {
            "constant" => "Zero",
            "reflect" => "Reflect",
            "edge" => "Replicate",
            string other => throw new NotExpressibleException($"its mode is '{other}'; constant, reflect and edge are known"),
        };
        (long[] begins, long[] ends) = Pads(node, x.Axes.Length);
        for (int axis = 0; axis < begins.Length; axis++)
        {
            (long begin, long end) = (Math.Min(0, begins[axis]), Math.Min(0, ends[axis]));
            if (begin < 0 || end < 0)
                x = SelectionOperators.Taken(x, axis, new ElementRange((int)-begin, (int)Math.Max(0, x.Axes[axis] + begin + end), 1), node.Source);
        }

        int[] padded = [.. Enumerable.Range(0, begins.Length).Where(axis => begins[axis] > 0 || ends[axis] > 0)];
        if (padded.Length == 0)
            return x;
        if (padded.Any(axis => axis == 0 || x.View.Model[axis].Any(x.View.IsBatch)))
            throw new NotExpressibleException("it pads the batch; a layer pads the axes of each image");
        return OfAxes(node, x, padded, begins, ends, mode, mode == "Zero" ? value : 0);
    }

    /// <summary>Attributes until opset 10 and an input since 11, of all axes or, since 18, of those that are listed.</summary>
    private static (long[] Begins, long[] Ends) Pads(OperatorNode node, int rank)
    {
        long[] given = node.Integers("pads") ?? node.Constant(1, "pads").Integers ?? [];
        int[] axes = node.ConstantOrNull(3, "list of axes")?.Integers is { } listed
            ? [.. listed.Select(axis => ShapeArithmetic.Axis(axis, rank))]
            : [.. Enumerable.Range(0, rank)];
        if (given.Length != 2 * axes.Length)
            throw new NotExpressibleException($"its pads are {Tensor.Text(given)}; {2 * axes.Length} numbers are needed");
        if (given.Any(static pad => pad is < -MostPadded or > MostPadded))
            throw new NotExpressibleException($"its pads are {Tensor.Text(given)}; each is at most {MostPadded:N0}");
        long[] begins = new long[rank];
        long[] ends = new long[rank];
        for (int index = 0; index < axes.Length; index++)
            (begins[axes[index]], ends[axes[index]]) = (given[index], given[axes.Length + index]);
        return (begins, ends);
    }

    private static FeatureValue OfAxes(OperatorNode node, FeatureValue x, int[] padded, long[] begins, long[] ends, string mode, double value)
    {
        if (!x.IsNatural)
        {
            x = padded.Any(axis => x.View.Model[axis].Length == 0) ? FeatureValue.Of(Views.Natural(x), x.Batch) : Views.WithWhole(x, padded);
        }

        int LayerAxis(int axis) => x.IsNatural ? axis : x.View.LayerAxisOf(axis);
        int[] ofChannels = [.. padded.Where(axis => LayerAxis(axis) == 1)];
        if (ofChannels is [var channels] && mode != "Zero")
            throw new NotExpressibleException($"it pads the channels, axis {channels} of {Tensor.Text(x.Axes)}, with its mode; a layer pads them with a "
                + $"number");
        int rank = x.Layer.Rank;
        int[] pads = new int[2 * rank];
        foreach (int axis in padded.Except(ofChannels))
            (pads[LayerAxis(axis) - 2], pads[rank + LayerAxis(axis) - 2]) = ((int)Math.Max(0, begins[axis]), (int)Math.Max(0, ends[axis]));
        bool isLowest = mode == "Zero" && double.IsNegativeInfinity(value);
        Layer layer = isLowest
            ? new Layer(PadWithLowest, PaddedShape(x.Layer, pads), node.Source) { Inputs = [x.Layer], Constants = [.. pads] }
            : Padded(x.Layer, pads, mode, value, node.Source);
        AxisView view = x.IsNatural
            ? AxisView.Natural(x.Batch, layer.Shape)
            : padded.Except(ofChannels).Aggregate(x.View, (view, axis) => view.Resized(axis, LayerAxis(axis), layer.Shape[LayerAxis(axis) - 1]));
        FeatureValue result = new(layer, view, x.Viewer);
        foreach (int axis in ofChannels)
            result = ConcatOperators.Padded(node.Source, result, axis, (int)Math.Max(0, begins[axis]), (int)Math.Max(0, ends[axis]), (float)value);
        return result;
    }
}
