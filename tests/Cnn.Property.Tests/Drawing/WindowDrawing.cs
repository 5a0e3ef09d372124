using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Drawing;

/// <summary>Windows in every way in which they can be written.</summary>
internal static class WindowDrawing
{
    /// <summary>A window for an input of this shape; it need not fit.</summary>
    public static Window Draw(Dice dice, MapShape shape)
    {
        int rank = shape.Rank;
        int[] kernel = dice.Chance(10) ? [.. shape.Axes]
            : rank > 1 && dice.Chance(30) ? Each(rank, () => dice.Between(1, 4))
            : [dice.Pick(1, 1, 2, 2, 3, 3, 3, 4, 5)];
        Window window = new(kernel);
        window = dice.Below(10) switch
        {
            < 4 => window,
            < 7 => window with { Padding = dice.Between(1, 3) },
            < 8 => window with { Paddings = Each(rank, () => dice.Between(0, 2)) },
            _ => window with { Paddings = Each(2 * rank, () => dice.Between(0, 3)) },
        };
        window = dice.Below(10) switch
        {
            < 5 => window,
            < 8 => window with { Stride = dice.Between(1, 3) },
            _ => window with { Strides = Each(rank, () => dice.Between(1, 3)) },
        };
        return dice.Below(10) switch
        {
            < 7 => window,
            < 9 => window with { Dilation = dice.Between(2, 3) },
            _ => window with { Dilations = Each(rank, () => dice.Between(1, 3)) },
        };
    }

    /// <summary>Whether the window fits into the padded input on every axis.</summary>
    public static bool Fits(Sliding window, MapShape shape) =>
        Enumerable.Range(0, shape.Rank).All(axis => window.Extent(axis) <= shape.Axes[axis] + window.Begin[axis] + window.End[axis]);

    /// <summary>Whether a pool may have it: paddings of at most half the kernel, and under every output at least one element of the input.</summary>
    public static bool Pools(PoolLayer pool, MapShape shape)
    {
        Sliding window = pool.Window.Resolve(shape.Rank, strideIsKernel: true);
        if (!Fits(window, shape) || Enumerable.Range(0, shape.Rank).Any(axis => Math.Max(window.Begin[axis], window.End[axis]) > window.Kernel[axis] / 2))
            return false;
        FeatureMap input = new(1, shape.WithChannels(1));
        return new FeatureMap(1, pool.OutputShape([shape]).WithChannels(1)).Positions
            .All(output => window.Taps.Any(tap => input.Contains(window.Under(output, tap))));
    }

    private static int[] Each(int count, Func<int> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];
}
