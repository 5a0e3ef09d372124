using Cnn.Property.Tests.Drawing;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class ReductionDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators => ["ReduceMean", "ReduceMax", "ReduceSum", "ReduceMin", "ReduceL2", "ReduceL1", "ReduceSumSquare"];

    public override bool Draw(Sketch sketch, string name)
    {
        Dice dice = sketch.Dice;
        long[] map = [.. Enumerable.Range(2, Math.Max(0, sketch.MapRank)).Select(axis => (long)axis)];
        long[] axes = dice.Chance(70) ? map : [.. Enumerable.Range(1, sketch.Rank - 1).Where(_ => dice.Chance(50)).Select(axis => (long)axis)];
        if (axes.Length == 0)
            return false;
        if (sketch.Opset >= 11 && dice.Chance(40))
            axes = [.. axes.Select(axis => axis - sketch.Rank)];
        bool isInput = sketch.Opset >= (name == "ReduceSum" ? 13 : 18);
        sketch.Node(
            name, isInput ? [sketch.X.Name, sketch.Integers(axes)] : [sketch.X.Name],
            isInput ? null : Integers("axes", axes),
            dice.Chance(60) ? Integer("keepdims", dice.Below(2)) : null,
            isInput && dice.Chance(20) ? Integer("noop_with_empty_axes", dice.Below(2)) : null);
        return true;
    }
}
