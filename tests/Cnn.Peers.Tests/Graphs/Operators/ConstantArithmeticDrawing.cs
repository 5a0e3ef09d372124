using Cnn.Property.Tests.Drawing;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

/// <summary>Sums and products with constants of every shape that broadcasts, in both orders, alone, in chains, and behind norms and convolutions.</summary>
internal sealed class ConstantArithmeticDrawing : OperatorDrawing
{
    private static readonly string[] Single = ["Add", "Sub", "Mul", "Div"];

    public override IReadOnlyList<string> Operators => [.. Single, "Pow", "chain of constants", "norm and constants", "convolution and constants"];

    public override bool Draw(Sketch sketch, string name)
    {
        Dice dice = sketch.Dice;
        string x = sketch.X.Name;
        switch (name)
        {
            case "Pow":
                sketch.Node(name, [x, sketch.Reals([], [dice.Pick(2f, 3f, 1f)])], sketch.Opset < 7 ? Integer("broadcast", 1) : null);
                return true;
            case "chain of constants":
                Chain(sketch, x, dice.Between(2, 5));
                return true;
            case "norm and constants":
                long[] shape = [sketch.Channels];
                x = sketch.Node(
                    "BatchNormalization",
                    [x, sketch.Reals(shape, -1.5, 1.5), sketch.Reals(shape, -1, 1), sketch.Reals(shape, -1, 1), sketch.Reals(shape, 0.3, 2)],
                    sketch.Opset < 7 ? Integer("is_test", 1) : null);
                Chain(sketch, x, dice.Between(1, 4));
                return true;
            case "convolution and constants":
                if (sketch.MapRank < 1)
                    return false;
                long[] ones = [.. sketch.Map.Select(_ => 1L)];
                x = sketch.Node(dice.Pick("Conv", "ConvTranspose"), [x, sketch.Reals([sketch.Channels, sketch.Channels, .. ones], -1, 1)]);
                Chain(sketch, x, dice.Between(1, 4));
                return true;
            default:
                Step(sketch, x, name, Shape(sketch));
                return true;
        }
    }

    private static void Chain(Sketch sketch, string x, int length)
    {
        for (int step = 0; step < length; step++)
        {
            x = sketch.Dice.Below(8) switch
            {
                0 => sketch.Node("Relu", [x]),
                1 => sketch.Node(sketch.Dice.Pick("Neg", "Identity", "Sigmoid"), [x]),
                _ => Step(sketch, x, sketch.Dice.Pick(Single), ChannelShape(sketch)),
            };
        }
    }

    private static string Step(Sketch sketch, string x, string operation, long[] shape)
    {
        Dice dice = sketch.Dice;
        string constant = dice.Chance(10)
            ? sketch.Reals(shape, [.. Enumerable.Repeat(dice.Pick(0.5f, -2f, 1f), (int)Sketch.Product(shape))])
            : sketch.Reals(shape, [.. Enumerable.Range(0, (int)Sketch.Product(shape)).Select(_ => dice.Real(0.4, 1.8) * (dice.Chance(65) ? 1 : -1))]);
        return sketch.Node(operation, dice.Chance(70) ? [x, constant] : [constant, x], OldBroadcast(sketch, shape));
    }

    /// <summary>Until opset 6 constants were broadcast on demand, from the axis that is told.</summary>
    private static AttributeProto?[] OldBroadcast(Sketch sketch, long[] shape)
    {
        if (sketch.Opset >= 7)
            return [];
        bool isVector = shape.Length == 1 && shape[0] == sketch.Channels;
        return [Integer("broadcast", 1), isVector ? Integer("axis", 1) : null];
    }

    private static long[] ChannelShape(Sketch sketch)
    {
        long[] ones = [.. sketch.Map.Select(_ => 1L)];
        if (sketch.Opset < 7)
            return sketch.Dice.Chance(50) ? [sketch.Channels] : [];
        return sketch.Dice.Pick<long[]>([sketch.Channels, .. ones], [sketch.Channels, .. ones], [1, sketch.Channels, .. ones], [], [1], [1, 1, .. ones]);
    }

    /// <summary>Also those that belong to other axes, or to all.</summary>
    private static long[] Shape(Sketch sketch)
    {
        if (sketch.Dice.Chance(65))
            return ChannelShape(sketch);
        long[] whole = sketch.X.Shape[1..];
        return sketch.Dice.Below(5) switch
        {
            0 => whole,
            1 => [sketch.X.Shape[^1]],
            2 => sketch.X.Shape,
            3 => [sketch.X.Shape[0], .. Enumerable.Repeat(1L, sketch.Rank - 1)],
            _ => [.. whole.Select(length => sketch.Dice.Chance(50) ? length : 1)],
        };
    }
}
