namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>ReduceMean and ReduceMax over positions, as pools.</summary>
internal static class ReductionOperators
{
    public static void Register()
    {
        OperatorTable.Add("ReduceMean", node => Reduced(node, "AvgPool"));
        OperatorTable.Add("ReduceMax", node => Reduced(node, "MaxPool"));
    }

    private static OnnxValue Reduced(OperatorNode node, string kind)
    {
        node.Require("noop_with_empty_axes", 0, "it would do nothing");
        bool keeps = node.Integer("keepdims", 1) != 0;
        FeatureValue x = node.Feature(0);
        int rank = x.Axes.Length;
        int[] axes = ShapeArithmetic.Axes(node) is { Length: > 0 } given
            ? [.. given.Select(axis => ShapeArithmetic.Axis(axis, rank)).Distinct().Order()]
            : [.. Enumerable.Range(0, rank)];
        if (axes.Contains(0))
            throw new NotExpressibleException("it reduces the batch, and every image is computed for itself");
        int[] shown = [.. Enumerable.Range(0, rank).Where(axis => keeps || !axes.Contains(axis)).Select(axis => axes.Contains(axis) ? 1 : x.Axes[axis])];
        bool all = axes.Length == rank - 1;
        if (all && kind == "AvgPool")
        {
            // A part of a LayerNorm that is written out; alone it is refused in the end.
            Layer whole = Views.Natural(x);
            return new FeatureValue(new Layer("meanOfAll", [1, .. whole.Shape.Skip(1).Select(_ => 1)], node.Source)
            {
                Inputs = [whole],
                IsShapeFixed = true,
            }, shown);
        }

        if (axes.Contains(1))
            throw new NotExpressibleException("it reduces the channels; pools reduce the axes behind them");
        Layer input = Views.Natural(x);
        Layer pool = axes.Length == rank - 2
            ? PoolOperators.OverAll(input, kind == "AvgPool" ? "GlobalAvgPool" : "GlobalMaxPool", node.Source)
            : OverSome(node, kind, input, axes);
        return new FeatureValue(pool, shown);
    }

    private static Layer OverSome(OperatorNode node, string kind, Layer input, int[] axes)
    {
        int[] kernel = [.. input.Shape.Skip(1).Select((length, axis) => axes.Contains(axis + 2) ? length : 1)];
        Window window = new(kernel, kernel, new int[input.Rank], new int[input.Rank], WindowAttributes.Repeated(1, input.Rank));
        return new Layer(kind, [input.Channels, .. window.Outputs(input.Shape[1..], ceil: false)], node.Source)
        {
            Inputs = [input],
            Arguments = [.. window.KernelArguments()],
            IsShapeFixed = true,
        };
    }
}
