using Cnn.Property.Tests.Drawing;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

/// <summary>Operators that pick elements: Split, Slice, Gather, and the channel shuffle.</summary>
internal sealed class ChannelPickDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators => ["Split", "Slice", "Gather", "channel shuffle"];

    public override int Weight => 3;

    public override bool Draw(Sketch sketch, string name) => name switch
    {
        "Split" => Split(sketch),
        "Slice" => Slice(sketch),
        "Gather" => Gather(sketch),
        _ => Shuffle(sketch),
    };

    private static int Axis(Sketch sketch) => sketch.Dice.Chance(80) ? 1 : sketch.Dice.Between(1, sketch.Rank - 1);

    private static bool Split(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        int axis = Axis(sketch);
        int length = (int)sketch.X.Shape[axis];
        int count = dice.Between(1, Math.Min(4, length));
        bool isEven = dice.Chance(40) && (length % count == 0 || sketch.Opset >= 18);
        List<long> lengths = [];
        for (int left = length; lengths.Count < count; left -= (int)lengths[^1])
            lengths.Add(lengths.Count == count - 1 ? left : dice.Between(1, left - (count - lengths.Count - 1)));
        bool isInput = sketch.Opset >= 13;
        IReadOnlyList<string> parts = sketch.Node(
            "Split", [sketch.X.Name, .. !isEven && isInput ? [sketch.Integers([.. lengths])] : Array.Empty<string>()], count,
            Integer("axis", sketch.Opset >= 11 && dice.Chance(30) ? axis - sketch.Rank : axis),
            !isEven && !isInput ? Integers("split", [.. lengths]) : null,
            isEven && sketch.Opset >= 18 ? Integer("num_outputs", count) : null);
        if (dice.Chance(40))
            sketch.Node("Identity", [dice.Pick(parts)]);
        else
            sketch.Node("Concat", [.. Enumerable.Range(0, dice.Between(2, 4)).Select(_ => dice.Pick(parts))], Integer("axis", axis));
        return true;
    }

    private static bool Slice(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        int axis = Axis(sketch);
        int length = (int)sketch.X.Shape[axis];
        long start = dice.Between(-length, length - 1);
        long end = dice.Pick(length, int.MaxValue, dice.Between(-length, length), long.MaxValue);
        long[] axes = [sketch.Opset >= 10 && dice.Chance(30) ? axis - sketch.Rank : axis];
        if (sketch.Opset < 10)
        {
            sketch.Node("Slice", [sketch.X.Name], Integers("starts", start), Integers("ends", end), Integers("axes", axes));
            return true;
        }

        string[] step = dice.Chance(60) ? [] : [sketch.Integers(dice.Pick(1L, 2, 3, -1, -2))];
        sketch.Node("Slice", [sketch.X.Name, sketch.Integers(start), sketch.Integers(end), sketch.Integers(axes), .. step]);
        return true;
    }

    private static bool Gather(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        int axis = Axis(sketch);
        int length = (int)sketch.X.Shape[axis];
        int least = sketch.Opset >= 11 ? -length : 0;
        if (dice.Chance(12))
        {
            TensorProto scalar = new() { DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { dice.Between(least, length - 1) } };
            sketch.Node("Gather", [sketch.X.Name, sketch.Stored(scalar)], Integer("axis", axis));
            return true;
        }

        long[] indices = [.. Enumerable.Range(0, dice.Between(1, 6)).Select(_ => (long)dice.Between(least, length - 1))];
        sketch.Node("Gather", [sketch.X.Name, sketch.Integers(indices)], Integer("axis", axis));
        return true;
    }

    /// <summary>ShuffleNet's: groups and channels of a group change places.</summary>
    private static bool Shuffle(Sketch sketch)
    {
        int[] divisors = [.. Enumerable.Range(1, sketch.Channels).Where(count => sketch.Channels % count == 0)];
        int groups = sketch.Dice.Pick(divisors);
        string view = sketch.Node("Reshape", [sketch.X.Name, sketch.Integers([0, groups, sketch.Channels / groups, .. sketch.Map])]);
        string moved = sketch.Node("Transpose", [view], Integers("perm", [0, 2, 1, .. Enumerable.Range(3, sketch.MapRank).Select(axis => (long)axis)]));
        sketch.Node("Reshape", [moved, sketch.Integers([0, sketch.Channels, .. sketch.Map])]);
        return true;
    }
}
