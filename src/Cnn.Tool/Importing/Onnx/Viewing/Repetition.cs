namespace Cnn.Tool.Importing.Onnx.Viewing;

/// <summary>Elements that the model shows again and again: repeated in place by an Upsample, or a whole axis joined with itself.</summary>
internal static class Repetition
{
    private const int MostJoined = 64;

    /// <param name="layer">A layer with each element once.</param>
    /// <param name="axes">The wanted axes, repetitions in them.</param>
    /// <param name="isRepetition">Which of their factors are repetitions.</param>
    /// <param name="source">The node, for messages.</param>
    public static Layer Of(Layer layer, IReadOnlyList<AxisFactor[]> axes, Func<AxisFactor, bool> isRepetition, string source)
    {
        // Innermost repetitions of all positions at once; then, from the inside out, one factor after the other.
        int[] factors = [.. axes.Select(axis => AxisView.LengthOf(axis.Reverse().TakeWhile(isRepetition)))];
        bool isScaled = factors.Skip(1).Any(static factor => factor > 1);
        if (isScaled)
            layer = Upsampled(layer, factors, source);
        for (int axis = 0; axis < axes.Count; axis++)
        {
            int done = isScaled && axis > 0 ? factors[axis] : 1;
            int inner = 1;
            foreach (AxisFactor factor in axes[axis].Reverse())
            {
                inner *= factor.Length;
                if (!isRepetition(factor) || inner <= done)
                    continue;
                layer = Joined(layer, axis, inner / factor.Length, factor.Length, source);
            }
        }

        return layer;
    }

    private static Layer Upsampled(Layer layer, int[] factors, string source)
    {
        int[] sizes = [.. layer.Shape.Skip(1).Zip(factors.Skip(1), static (length, factor) => length * factor)];
        bool isEven = factors.AsSpan(2).IndexOfAnyExcept(factors[1]) < 0;
        return isEven
            ? layer.Derived("Upsample", [Literal.Of(factors[1])], [layer.Channels, .. sizes], source)
            : layer.Derived("Upsample", [], [layer.Channels, .. sizes], source, ("Size", Literal.Of(sizes)));
    }

    /// <summary>Every run of so many elements along an axis, so many times: the axis as rows of runs, joined with itself.</summary>
    private static Layer Joined(Layer layer, int axis, int run, int times, string source)
    {
        if (times > MostJoined)
            throw new NotExpressibleException($"it repeats an axis {times} times; at most {MostJoined} are joined");
        int[] shape = layer.Shape;
        int rows = shape[axis] / run;
        int[] split = [.. shape[..axis], rows, run, .. shape[(axis + 1)..]];
        int joinedAxis = axis;
        if (rows > 1)
        {
            if (split.Length > Rearrangement.MostAxes)
                throw new NotExpressibleException("it repeats runs of an axis where a layer has no axis left to do so");
            layer = Regrouping.Of(layer, split, source);
            joinedAxis = axis + 1;
        }

        int[] joined = [.. layer.Shape];
        joined[joinedAxis] *= times;
        Layer concat = new("Concat", joined, source)
        {
            Inputs = [.. Enumerable.Repeat(layer, times)],
            Options = joinedAxis == 0 ? [] : [("Axis", Literal.Of(joinedAxis + 1))],
        };
        int[] wanted = [.. shape];
        wanted[axis] *= times;
        return Regrouping.Of(concat, wanted, source);
    }
}
