using Cnn.Property.Tests.Drawing;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class ConvolutionDrawing : OperatorDrawing
{
    private const int MostWeights = 6000;

    public override IReadOnlyList<string> Operators => ["Conv", "ConvTranspose"];

    public override int Weight => 3;

    public override bool Draw(Sketch sketch, string name)
    {
        if (sketch.MapRank < 1)
            return false;
        Dice dice = sketch.Dice;
        long[] kernel = WindowAttributes.Kernel(sketch);
        (int groups, int outputs) = Groups(dice, sketch.Channels);
        bool isTransposed = name == "ConvTranspose";
        long[] shape = isTransposed ? [sketch.Channels, outputs / groups, .. kernel] : [outputs, sketch.Channels / groups, .. kernel];
        if (Sketch.Product(shape) > MostWeights)
            return false;
        double bound = Math.Sqrt(3.0 / (sketch.Channels / groups * Sketch.Product(kernel)));
        string[] inputs = [sketch.X.Name, sketch.Reals(shape, -bound, bound), .. dice.Below(4) switch
        {
            0 => Array.Empty<string>(),
            1 => [""],
            _ => [sketch.Reals([outputs], -0.5, 0.5)],
        }];
        AttributeProto?[] window = WindowAttributes.Of(sketch, kernel, dice.Chance(60), dilates: true);
        if (isTransposed && LeavesGaps(window, kernel))
            return false;
        AttributeProto?[] more = isTransposed ? Outputs(sketch) : [];
        sketch.Node(name, inputs, [.. window, groups == 1 && dice.Chance(70) ? null : Integer("group", groups), .. more]);
        return true;
    }

    /// <summary>
    /// A kernel that is shorter than its stride would need outputs beyond it to reach the length that SAME_UPPER and SAME_LOWER promise. ONNX's definition
    /// makes them by a negative padding, and ONNX Runtime leaves them out, so that there is nothing to compare with.
    /// </summary>
    private static bool LeavesGaps(AttributeProto?[] window, long[] kernel)
    {
        long[] strides = [.. window.OfType<AttributeProto>().Where(attribute => attribute.Name == "strides").SelectMany(attribute => attribute.Ints)];
        return WindowAttributes.IsSame(window) && strides.Zip(kernel).Any(axis => axis.First > axis.Second);
    }

    private static AttributeProto?[] Outputs(Sketch sketch) => sketch.Dice.Below(6) switch
    {
        0 => [Integers("output_padding", [.. sketch.Map.Select(_ => (long)sketch.Dice.Between(0, 2))])],
        1 => [Integers("output_shape", [.. sketch.Map.Select(length => (length * sketch.Dice.Between(1, 3)) + sketch.Dice.Between(-1, 2))])],
        _ => [],
    };

    private static (int Groups, int Outputs) Groups(Dice dice, int channels)
    {
        int[] divisors = [.. Enumerable.Range(1, channels).Where(divisor => channels % divisor == 0)];
        int groups = dice.Chance(60) ? 1 : dice.Chance(40) ? channels : dice.Pick(divisors);
        return (groups, groups * dice.Between(1, groups == 1 ? 9 : 3));
    }
}
