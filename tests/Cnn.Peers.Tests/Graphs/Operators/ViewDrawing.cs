using Cnn.Property.Tests.Drawing;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

/// <summary>
/// What moves nothing, or should not: Reshape, Flatten, Squeeze, Unsqueeze, Transpose, repetitions, with targets that are constant or computed of shapes.
/// </summary>
internal sealed class ViewDrawing : OperatorDrawing
{
    private const int MostAxes = 6;

    public override IReadOnlyList<string> Operators => ["Reshape", "Reshape by shapes", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Expand", "Tile"];

    public override bool Draw(Sketch sketch, string name) => name switch
    {
        "Reshape" => Reshape(sketch),
        "Reshape by shapes" => ByShapes(sketch),
        "Flatten" => Flatten(sketch),
        "Squeeze" => Squeeze(sketch),
        "Unsqueeze" => Unsqueeze(sketch),
        "Expand" => Expand(sketch),
        "Tile" => Tile(sketch),
        _ => Transpose(sketch),
    };

    private static bool Reshape(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        long length = Sketch.Product(sketch.X.Shape[1..]);
        long batch = dice.Pick(0, 0, sketch.X.Shape[0]);
        long[] divisors = [.. Enumerable.Range(1, (int)length).Select(divisor => (long)divisor).Where(divisor => length % divisor == 0)];
        long first = dice.Pick(divisors);
        long[] target = dice.Below(7) switch
        {
            0 => [batch, -1],
            1 => [-1, length],
            2 => [batch, first, -1],
            3 => [batch, first, 1, -1],
            4 => [batch, sketch.Channels, -1],
            5 => [-1, .. sketch.X.Shape[1..]],
            _ => [batch, first, length / first],
        };
        sketch.Node("Reshape", [sketch.X.Name, sketch.Integers(target)]);
        return true;
    }

    /// <summary>As exporters write <c>x.view(x.size(0), -1)</c>.</summary>
    private static bool ByShapes(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        string shape = sketch.Node("Shape", [sketch.X.Name]);
        string batch = sketch.Node("Gather", [shape, sketch.Stored(new() { DataType = 7, Int64Data = { 0 } })], Integer("axis", 0));
        string listed = sketch.Opset < 13 ? sketch.Node("Unsqueeze", [batch], Integers("axes", 0)) : sketch.Node("Unsqueeze", [batch, sketch.Integers(0)]);
        long[] rest = dice.Chance(60) ? [-1] : [sketch.Channels, -1];
        sketch.Node("Reshape", [sketch.X.Name, sketch.Node("Concat", [listed, sketch.Integers(rest)], Integer("axis", 0))]);
        return true;
    }

    private static bool Flatten(Sketch sketch)
    {
        int axis = sketch.Dice.Chance(75) ? 1 : sketch.Dice.Between(sketch.Opset >= 11 ? -sketch.Rank : 0, sketch.Rank);
        sketch.Node("Flatten", [sketch.X.Name], axis == 1 && sketch.Dice.Chance(50) ? null : Integer("axis", axis));
        return true;
    }

    private static bool Squeeze(Sketch sketch)
    {
        long[] ones = [.. Enumerable.Range(1, sketch.Rank - 1).Where(axis => sketch.X.Shape[axis] == 1).Select(axis => (long)axis)];
        if (ones.Length == 0)
            return false;
        long[] axes = sketch.Dice.Chance(60) ? ones : [sketch.Dice.Pick(ones)];
        if (sketch.Opset >= 11 && sketch.Dice.Chance(30))
            axes = [.. axes.Select(axis => axis - sketch.Rank)];
        if (sketch.Opset < 13)
            sketch.Node("Squeeze", [sketch.X.Name], sketch.Dice.Chance(90) ? Integers("axes", axes) : null);
        else
            sketch.Node("Squeeze", sketch.Dice.Chance(90) ? [sketch.X.Name, sketch.Integers(axes)] : [sketch.X.Name]);
        return true;
    }

    private static bool Unsqueeze(Sketch sketch)
    {
        if (sketch.Rank >= MostAxes)
            return false;
        long axis = sketch.Dice.Between(1, sketch.Rank);
        if (sketch.Opset >= 11 && sketch.Dice.Chance(30))
            axis -= sketch.Rank + 1;
        if (sketch.Opset < 13)
            sketch.Node("Unsqueeze", [sketch.X.Name], Integers("axes", axis));
        else
            sketch.Node("Unsqueeze", [sketch.X.Name, sketch.Integers(axis)]);
        return true;
    }

    private static bool Expand(Sketch sketch)
    {
        long[] target = [.. sketch.X.Shape.Select((length, axis) => length > 1 || axis == 0 ? sketch.Dice.Pick(1, length) : sketch.Dice.Between(1, 4))];
        sketch.Node("Expand", [sketch.X.Name, sketch.Integers(target)]);
        return true;
    }

    private static bool Tile(Sketch sketch)
    {
        long[] repeats = [.. sketch.X.Shape.Select((_, axis) => axis == 0 || sketch.Dice.Chance(60) ? 1L : sketch.Dice.Between(1, 3))];
        sketch.Node("Tile", [sketch.X.Name, sketch.Integers(repeats)]);
        return true;
    }

    private static bool Transpose(Sketch sketch)
    {
        List<long> left = [.. Enumerable.Range(1, sketch.Rank - 1).Select(axis => (long)axis)];
        List<long> order = [0];
        while (left.Count > 0)
        {
            order.Add(sketch.Dice.Pick(left));
            left.Remove(order[^1]);
        }

        sketch.Node("Transpose", [sketch.X.Name], Integers("perm", [.. order]));
        return true;
    }
}
