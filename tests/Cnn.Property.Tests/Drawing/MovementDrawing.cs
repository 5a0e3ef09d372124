using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Drawing;

/// <summary>Draws layers that move elements, and axes.</summary>
internal static class MovementDrawing
{
    /// <summary>The channels half of the time, else any axis; counted from the end now and then.</summary>
    public static int Axis(Dice dice, MapShape shape)
    {
        if (dice.Chance(50))
            return 1;
        int axes = shape.Rank + 1;
        int axis = dice.Between(1, axes);
        return dice.Chance(40) ? axis - axes - 1 : axis;
    }

    public static PermuteLayer Permute(Dice dice, MapShape shape)
    {
        List<int> left = [.. Enumerable.Range(1, shape.Rank + 1)];
        List<int> order = [];
        while (left.Count > 0)
        {
            int axis = dice.Pick(left);
            left.Remove(axis);
            order.Add(dice.Chance(20) ? axis - shape.Rank - 2 : axis);
        }

        return new PermuteLayer([.. order]);
    }

    /// <summary>At most as many axes as layers with windows take, of lengths that divide what is left.</summary>
    public static ReshapeLayer Reshape(Dice dice, MapShape shape)
    {
        int[] lengths = new int[dice.Between(1, MapShape.MostAxes + 1)];
        int left = shape.Length;
        for (int axis = 0; axis < lengths.Length - 1; axis++)
        {
            int whole = left;
            int[] divisors = [.. Enumerable.Range(1, whole).Where(divisor => whole % divisor == 0)];
            lengths[axis] = dice.Pick(divisors);
            left /= lengths[axis];
        }

        lengths[^1] = left;
        if (dice.Chance(50))
            lengths[dice.Below(lengths.Length)] = -1;
        return new ReshapeLayer(lengths);
    }

    public static PixelShuffleLayer? Spread(Dice dice, MapShape shape)
    {
        int[] factors = [.. Enumerable.Range(1, 4).Where(factor => shape.Channels % Math.Pow(factor, shape.Rank) == 0)];
        return new PixelShuffleLayer(dice.Pick(factors)) { DepthFirst = dice.Chance(40) };
    }

    public static PixelUnshuffleLayer? Gather(Dice dice, MapShape shape)
    {
        int[] factors = [.. Enumerable.Range(1, 4).Where(factor => shape.Axes.All(length => length % factor == 0))];
        return new PixelUnshuffleLayer(dice.Pick(factors)) { DepthFirst = dice.Chance(40) };
    }

    public static SliceLayer? Slice(Dice dice, MapShape shape)
    {
        int axis = Axis(dice, shape);
        int length = shape.Lengths[Moving.Place(axis, shape)];
        int most = Math.Min(length, 9) + 2;
        SliceLayer slice = new(dice.Between(-most, most), dice.Chance(30) ? null : dice.Between(-most, most))
        {
            Step = dice.Pick(1, 1, 1, 2, 3, -1, -2),
            Axis = axis,
        };

        // Backwards from before the first element ONNX takes that one, and Python, with which PyTorch's answers are made, nothing.
        bool differs = slice.Step < 0 && slice.Start < -length;
        return !differs && slice.OutputShape([shape]).Length > 0 ? slice : null;
    }
}
