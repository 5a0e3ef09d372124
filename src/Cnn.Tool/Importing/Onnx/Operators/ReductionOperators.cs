using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Reductions of any axes of the model: the mean and the largest over all positions as pools, all others as layers of their own.</summary>
internal static class ReductionOperators
{
    public static void Register()
    {
        OperatorTable.Add("ReduceMean", node => Reduced(node, node.Feature(0), "ReduceMean"));
        OperatorTable.Add("ReduceMax", node => Reduced(node, node.Feature(0), "ReduceMax"));
        OperatorTable.Add("ReduceMin", node => Reduced(node, node.Feature(0), "ReduceMin"));
        OperatorTable.Add("ReduceSum", node => Reduced(node, node.Feature(0), "ReduceSum"));
        OperatorTable.Add("ReduceL2", node => Reduced(node, node.Feature(0), "ReduceL2"));
        OperatorTable.Add("ReduceL1", node => Reduced(node, Before(node, "Abs"), "ReduceSum"));
        OperatorTable.Add("ReduceSumSquare", node => Reduced(node, Before(node, "Power"), "ReduceSum"));
    }

    private static FeatureValue Before(OperatorNode node, string kind)
    {
        FeatureValue x = node.Feature(0);
        return x with { Layer = new Layer(kind, x.Layer.Shape, node.Source) { Inputs = [x.Layer] } };
    }

    private static FeatureValue Reduced(OperatorNode node, FeatureValue x, string kind)
    {
        bool doesNothing = node.Integer("noop_with_empty_axes", 0) != 0;
        bool keeps = node.Integer("keepdims", 1) != 0;
        int rank = x.Axes.Length;
        int[] axes = ShapeArithmetic.Axes(node) is { Length: > 0 } given
            ? [.. given.Select(axis => ShapeArithmetic.Axis(axis, rank)).Distinct().Order()]
            : doesNothing ? [] : [.. Enumerable.Range(0, rank)];
        if (axes.Any(axis => x.View.Model[axis].Any(x.View.IsBatch)))
            throw new NotExpressibleException("it reduces the batch, and every image is computed for itself");
        if (axes.Any(axis => x.View.Model[axis].Any(x.View.IsRepetition)))
            x = Views.Spread(x);
        x = WithWholeAxes(x, [.. axes.SelectMany(axis => x.View.Model[axis])]);
        HashSet<AxisFactor> gone = [.. axes.SelectMany(axis => x.View.Model[axis])];
        int[] own = [.. Enumerable.Range(1, x.View.Layer.Count - 1).Where(axis => x.View.Layer[axis].Any(gone.Contains))];
        Layer layer = own.Length > 0 ? Over(node.Source, x.Layer, kind, own) : Alone(node, x.Layer, kind);
        AxisFactor[][] model = [.. x.View.Model.Select((factors, axis) => axes.Contains(axis) ? [] : factors)];
        return new FeatureValue(layer, AxisView.Of(
            keeps ? model : model.Where((_, axis) => !axes.Contains(axis)),
            x.View.Layer.Select((factors, axis) => own.Contains(axis) ? [] : factors)));
    }

    /// <summary>What is reduced as whole axes of the layer; whatever their order, the result is the same.</summary>
    private static FeatureValue WithWholeAxes(FeatureValue x, HashSet<AxisFactor> gone)
    {
        if (x.View.Layer.Skip(1).All(axis => axis.All(gone.Contains) || !axis.Any(gone.Contains)))
            return x;
        AxisFactor[] reduced = [.. x.View.Layer.Skip(1).SelectMany(static axis => axis).Where(gone.Contains)];
        List<AxisFactor[]> kept = [.. x.View.Layer.Skip(1).Select(axis => axis.Where(factor => !gone.Contains(factor)).ToArray())
            .Where(static axis => axis.Length > 0)];
        return Views.Arranged(x, Views.Joined([.. kept, reduced], axis => !gone.Contains(axis[0])));
    }

    /// <summary>Of axes of length 1.</summary>
    private static Layer Alone(OperatorNode node, Layer input, string kind) => kind == "ReduceL2" ? input.Derived("Abs", [], input.Shape, node.Source) : input;

    private static Layer Over(string source, Layer input, string kind, int[] axes)
    {
        int[] shape = [.. input.Shape.Select((length, axis) => axes.Contains(axis + 1) ? 1 : length)];
        bool isAll = input.Shape.Index().All(length => length.Item == 1 || axes.Contains(length.Index + 1));
        // A part of a LayerNorm that is written out; alone it becomes a ReduceMean in the end.
        if (isAll && kind == "ReduceMean" && axes.Contains(1))
            return new Layer("meanOfAll", shape, source) { Inputs = [input] };
        bool isGlobal = !axes.Contains(1) && input.Shape.Index().Skip(1).All(length => length.Item == 1 || axes.Contains(length.Index + 1));
        if (isGlobal && (kind is "ReduceMean" or "ReduceMax"))
            return PoolOperators.OverAll(input, kind == "ReduceMean" ? "GlobalAvgPool" : "GlobalMaxPool", source);
        return new Layer(kind, shape, source) { Inputs = [input], Arguments = [.. axes.Select(Literal.Of)] };
    }
}
