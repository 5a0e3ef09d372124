using Cnn.Property.Tests.Drawing;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class PadDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators => ["Pad"];

    public override int Weight => 3;

    public override bool Draw(Sketch sketch, string name)
    {
        Dice dice = sketch.Dice;
        string mode = dice.Pick(sketch.Opset >= 19 ? ["constant", "reflect", "edge", "wrap"] : new[] { "constant", "reflect", "edge" });
        long[] begins = Amounts(sketch);
        long[] ends = Amounts(sketch);
        float value = dice.Pick(0, 0, 0.5f, -1.25f);
        if (sketch.Opset < 11)
        {
            sketch.Node(
                name, [sketch.X.Name], Integers("pads", [.. begins, .. ends]),
                mode == "constant" && dice.Chance(50) ? null : Text("mode", mode), value == 0 && dice.Chance(50) ? null : Real("value", value));
            return true;
        }

        bool listsAxes = sketch.Opset >= 18 && dice.Chance(30);
        int[] axes = listsAxes ? [.. Enumerable.Range(2, Math.Max(0, sketch.MapRank)).Where(_ => dice.Chance(60))] : [.. Enumerable.Range(0, sketch.Rank)];
        string pads = sketch.Integers([.. axes.Select(axis => begins[axis]), .. axes.Select(axis => ends[axis])]);
        string[] amount = dice.Below(3) switch
        {
            0 when !listsAxes => [],
            1 => [""],
            _ => [sketch.Reals([], [value])],
        };
        string[] list = listsAxes ? [sketch.Integers([.. axes.Select(axis => (long)(dice.Chance(30) ? axis - sketch.Rank : axis))])] : [];
        sketch.Node(name, [sketch.X.Name, pads, .. amount, .. list], mode == "constant" && dice.Chance(50) ? null : Text("mode", mode));
        return true;
    }

    /// <summary>Behind the channels; rarely of channels too, or less than none.</summary>
    private static long[] Amounts(Sketch sketch) =>
    [
        .. Enumerable.Range(0, sketch.Rank).Select(axis =>
            axis == 0 || (axis == 1 && sketch.Dice.Chance(97)) ? 0L : sketch.Dice.Chance(3) ? -1 : sketch.Dice.Between(0, 2)),
    ];
}
