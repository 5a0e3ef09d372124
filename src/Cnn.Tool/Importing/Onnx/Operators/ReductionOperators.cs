namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Reductions: the mean and the largest over all positions as pools, and all others as layers of their own.</summary>
internal static class ReductionOperators
{
    private const string Mean = "ReduceMean";
    private const string Largest = "ReduceMax";

    public static void Register()
    {
        OperatorTable.Add("ReduceMean", node => Reduced(node, Mean));
        OperatorTable.Add("ReduceMax", node => Reduced(node, Largest));
        OperatorTable.Add("ReduceSum", node => Reduced(node, "ReduceSum"));
        OperatorTable.Add("ReduceMin", node => Reduced(node, "ReduceMin"));
        OperatorTable.Add("ReduceL2", node => Reduced(node, "ReduceL2"));
        OperatorTable.Add("ReduceL1", node => Reduced(node, "ReduceSum", "Abs"));
        OperatorTable.Add("ReduceSumSquare", node => Reduced(node, "ReduceSum", "Power"));
    }

    private static OnnxValue Reduced(OperatorNode node, string kind, string? before = null)
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
        if (all && kind == Mean)
        {
            // A part of a LayerNorm that is written out; alone it becomes a ReduceMean in the end.
            Layer whole = Views.Natural(x);
            return new FeatureValue(new Layer("meanOfAll", [1, .. whole.Shape.Skip(1).Select(_ => 1)], node.Source)
            {
                Inputs = [whole],
                IsShapeFixed = true,
            }, shown);
        }

        Layer input = Views.Natural(x);
        if (kind is Mean or Largest && axes.Length == rank - 2 && axes.Length > 0 && !axes.Contains(1))
            return new FeatureValue(PoolOperators.OverAll(input, kind == Mean ? "GlobalAvgPool" : "GlobalMaxPool", node.Source), shown);
        if (before is not null)
            input = new Layer(before, input.Shape, node.Source) { Inputs = [input], Arguments = before == "Power" ? ["2"] : [], IsShapeFixed = true };
        Layer reduction = new(kind, shown.Length > 1 ? shown[1..] : [1], node.Source)
        {
            Inputs = [input],
            Arguments = [.. axes.Select(Literal.Of)],
            Options = keeps ? [] : [("KeepAxes", "false")],
            IsShapeFixed = true,
        };
        return new FeatureValue(reduction, shown);
    }
}
