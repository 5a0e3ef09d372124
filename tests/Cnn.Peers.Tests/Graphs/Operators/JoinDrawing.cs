using Cnn.Property.Tests.Drawing;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

/// <summary>Operators on two tensors of the network.</summary>
internal sealed class JoinDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators =>
        ["Add of two", "Sub of two", "Mul of two", "Div of two", "Sum", "Mean", "Max of two", "Min of two", "Concat"];

    public override bool Draw(Sketch sketch, string name)
    {
        Dice dice = sketch.Dice;
        if (name == "Concat")
            return Concat(sketch);
        bool broadcasts = sketch.Opset >= 8 && dice.Chance(35);
        string? other = dice.Chance(12) ? sketch.X.Name
            : sketch.Other(value => broadcasts ? Broadcasts(value.Shape, sketch.X.Shape) : value.Shape.AsSpan().SequenceEqual(sketch.X.Shape));
        if (other is null)
            return false;
        string[] inputs = dice.Chance(60) ? [sketch.X.Name, other] : [other, sketch.X.Name];
        bool takesMore = name is "Sum" or "Mean" && dice.Chance(20);
        sketch.Node(name.Split(' ')[0], takesMore ? [.. inputs, sketch.X.Name] : inputs);
        return true;
    }

    private static bool Broadcasts(long[] a, long[] b) =>
        a.Length == b.Length && a.Zip(b).All(axis => axis.First == axis.Second || axis.First == 1 || axis.Second == 1);

    private static bool Concat(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        int axis = dice.Chance(80) ? 1 : dice.Between(1, sketch.Rank - 1);
        List<string> parts = [sketch.X.Name];
        for (int count = dice.Between(1, 3); parts.Count <= count;)
        {
            string? other = sketch.Other(value =>
                value.Rank == sketch.Rank && Enumerable.Range(0, sketch.Rank).All(index => index == axis || value.Shape[index] == sketch.X.Shape[index]));
            parts.Insert(dice.Below(parts.Count + 1), other is null || dice.Chance(20) ? sketch.X.Name : other);
        }

        AttributeProto place = Integer("axis", sketch.Opset >= 11 && dice.Chance(40) ? axis - sketch.Rank : axis);
        sketch.Node("Concat", [.. parts], place);
        return true;
    }
}
