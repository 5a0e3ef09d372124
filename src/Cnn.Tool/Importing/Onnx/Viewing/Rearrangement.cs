namespace Cnn.Tool.Importing.Onnx.Viewing;

/// <summary>From a layer's axes to others that are made of the same factors, by the simplest layers that move them.</summary>
internal static class Rearrangement
{
    /// <summary>The axes of an image that a layer can have: the channels and three behind them.</summary>
    public const int MostAxes = 4;

    /// <summary>What a Reshape costs beside what moves a number, in elements.</summary>
    private const double CostOfReshape = 1;

    /// <summary>Rearranges a layer's output.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="from">Its axes, without the batch.</param>
    /// <param name="to">The wanted axes: the same factors, and at most <see cref="MostAxes"/> of them.</param>
    /// <param name="source">The node that needs them, for messages.</param>
    public static Layer Of(Layer layer, IReadOnlyList<AxisFactor[]> from, IReadOnlyList<AxisFactor[]> to, string source)
    {
        int[] shape = [.. to.Select(AxisView.LengthOf)];
        if (Order(from).SequenceEqual(Order(to)))
            return Regrouping.Of(layer, shape, source);
        if (Shuffled(layer, from, to, source) is { } shuffled)
            return shuffled;
        (Layer moved, IReadOnlyList<AxisFactor[]> axes) = Permuted(layer, from, to, source);
        return Of(moved, axes, to, source);
    }

    /// <summary>What the rearrangement costs, in elements that are moved.</summary>
    public static double Cost(IReadOnlyList<AxisFactor[]> from, IReadOnlyList<AxisFactor[]> to)
    {
        bool isSame = from.Count == to.Count && from.Zip(to).All(static pair => pair.First.SequenceEqual(pair.Second));
        if (isSame)
            return 0;
        return Order(from).SequenceEqual(Order(to)) ? CostOfReshape : Order(from).Aggregate(1.0, static (product, factor) => product * factor.Length);
    }

    private static IEnumerable<AxisFactor> Order(IEnumerable<AxisFactor[]> axes) => axes.SelectMany(static axis => axis);

    /// <summary>ChannelShuffle, PixelShuffle and PixelUnshuffle, where one of them is what it takes.</summary>
    private static Layer? Shuffled(Layer layer, IReadOnlyList<AxisFactor[]> from, IReadOnlyList<AxisFactor[]> to, string source)
    {
        if (from.Count != to.Count)
            return null;
        bool isOfChannels = from.Skip(1).Zip(to.Skip(1)).All(static pair => pair.First.SequenceEqual(pair.Second));
        if (isOfChannels && from[0].Length == 2)
            return layer.Derived("ChannelShuffle", [Literal.Of(from[0][0].Length)], layer.Shape, source);
        int[] shape = [.. to.Select(AxisView.LengthOf)];
        if (Pixels(to, from) is { } pixels)
            return layer.Derived("PixelShuffle", [Literal.Of(pixels.Factor)], shape, source, Mode(pixels.IsDepthFirst));
        return Pixels(from, to) is { } collected
            ? layer.Derived("PixelUnshuffle", [Literal.Of(collected.Factor)], shape, source, Mode(collected.IsDepthFirst))
            : null;
    }

    private static (string, string)[] Mode(bool isDepthFirst) => isDepthFirst ? [("DepthFirst", "true")] : [];

    /// <summary>
    /// Whether axes of blocks of channels are those of blocks of positions: [c], [h, r], [w, r] and [c, r, r], [h], [w], or [r, r, c], [h], [w], in which the
    /// depth comes first.
    /// </summary>
    private static (int Factor, bool IsDepthFirst)? Pixels(IReadOnlyList<AxisFactor[]> large, IReadOnlyList<AxisFactor[]> small)
    {
        if (large.Count < 2 || large.Skip(1).Any(static axis => axis.Length == 0))
            return null;
        AxisFactor[] inner = [.. large.Skip(1).Select(static axis => axis[^1])];
        bool fits = inner.All(factor => factor.Length == inner[0].Length) && large.Zip(small).Skip(1)
            .All(static pair => pair.Second.SequenceEqual(pair.First[..^1]));
        if (!fits)
            return null;
        if (small[0].SequenceEqual([.. large[0], .. inner]))
            return (inner[0].Length, false);
        return small[0].SequenceEqual([.. inner, .. large[0]]) ? (inner[0].Length, true) : null;
    }

    /// <summary>One Permute on the way: of the axes as they are where none is cut, else of the runs of factors that stay together.</summary>
    private static (Layer Layer, IReadOnlyList<AxisFactor[]> Axes) Permuted(
        Layer layer, IReadOnlyList<AxisFactor[]> from, IReadOnlyList<AxisFactor[]> to, string source)
    {
        AxisFactor[] wanted = [.. Order(to)];
        List<AxisFactor[]> axes = [.. from];
        bool isSwap = false;
        if (!axes.TrueForAll(axis => axis.Length == 0 || wanted.Skip(Array.IndexOf(wanted, axis[0])).Take(axis.Length).SequenceEqual(axis)))
        {
            axes = Runs([.. Order(from)], wanted);
            isSwap = axes.Count > MostAxes;
            if (isSwap)
                axes = NextSwap(axes, wanted);
            layer = Regrouping.Of(layer, [.. axes.Select(AxisView.LengthOf)], source);
        }

        int[] order = isSwap
            ? [0, 2, 1, 3]
            : [.. Enumerable.Range(0, axes.Count).OrderBy(axis => axes[axis].Length == 0 ? wanted.Length : Array.IndexOf(wanted, axes[axis][0]))];
        Layer permuted = layer.Derived(
            "Permute", [.. order.Select(axis => Literal.Of(axis + 1))], [.. order.Select(axis => layer.Shape[axis])], source);
        return (permuted, [.. order.Select(axis => axes[axis])]);
    }

    /// <summary>The longest runs of factors that are side by side before and after.</summary>
    private static List<AxisFactor[]> Runs(AxisFactor[] before, AxisFactor[] after)
    {
        List<AxisFactor[]> runs = [];
        foreach (AxisFactor factor in before)
        {
            bool continues = runs.Count > 0 && Array.IndexOf(after, factor) is > 0 and var place && after[place - 1] == runs[^1][^1];
            if (continues)
                runs[^1] = [.. runs[^1], factor];
            else
                runs.Add([factor]);
        }

        return runs;
    }

    /// <summary>More runs than axes: four parts of which the two in the middle change places, so that one run more is where it belongs.</summary>
    private static List<AxisFactor[]> NextSwap(List<AxisFactor[]> runs, AxisFactor[] wanted)
    {
        List<AxisFactor> order = [.. runs.SelectMany(static run => run)];
        int settled = 0;
        while (order[settled] == wanted[settled])
            settled++;
        int place = order.IndexOf(wanted[settled]);
        int end = place;
        while (end < order.Count && order[end] == wanted[settled + end - place])
            end++;
        return [[.. order[..settled]], [.. order[settled..place]], [.. order[place..end]], [.. order[end..]]];
    }
}
