using Cnn.Property.Tests.Drawing;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

/// <summary>Kernel, strides, paddings and dilations of convolutions and pools.</summary>
internal static class WindowAttributes
{
    public static long[] Kernel(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        if (dice.Chance(8))
            return sketch.Map;
        long same = dice.Pick(1, 1, 2, 2, 3, 3, 3, 4);
        return [.. sketch.Map.Select(_ => dice.Chance(70) ? same : dice.Between(1, 4))];
    }

    public static AttributeProto?[] Of(Sketch sketch, long[] kernel, bool writesKernel, bool dilates)
    {
        Dice dice = sketch.Dice;
        AttributeProto? padding = dice.Below(10) switch
        {
            < 3 => null,
            < 5 => Text("auto_pad", dice.Pick("SAME_UPPER", "SAME_LOWER", "VALID", "NOTSET")),
            < 7 => Integers("pads", [.. Enumerable.Repeat((long)dice.Between(0, 2), 2 * kernel.Length)]),
            < 9 => Integers("pads", [.. kernel.Concat(kernel).Select(length => (long)dice.Below((int)(length / 2) + 1))]),
            _ => Integers("pads", [.. kernel.Concat(kernel).Select(_ => (long)dice.Between(0, 3))]),
        };
        return
        [
            writesKernel ? Integers("kernel_shape", kernel) : null,
            padding,
            dice.Chance(60) ? Each("strides", dice, kernel.Length, 3) : null,
            dilates && dice.Chance(30) ? Each("dilations", dice, kernel.Length, 3) : null,
        ];
    }

    public static bool IsSame(AttributeProto?[] window) =>
        window.Any(attribute => attribute?.S.ToStringUtf8().StartsWith("SAME", StringComparison.Ordinal) == true);

    private static AttributeProto Each(string name, Dice dice, int count, int most)
    {
        long same = dice.Between(1, most);
        return Integers(name, [.. Enumerable.Range(0, count).Select(_ => dice.Chance(75) ? same : dice.Between(1, most))]);
    }
}
