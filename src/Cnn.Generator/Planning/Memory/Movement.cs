using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Which element of one tensor goes to which place of another: a list of axes, each with its length and how far a step along it goes in the source and in
/// the target. Every layer that moves elements is one of these, and its gradient the same with source and target exchanged.
/// </summary>
/// <remarks>
/// Distances are those in planar order, PyTorch's, in which the last axis is innermost, until <see cref="Between"/> makes them floats of two layouts. An
/// axis of a movement may be a part of a tensor's axis, or, while distances are planar, run over several.
/// </remarks>
/// <param name="Source">The first element in the source.</param>
/// <param name="Target">Its place in the target.</param>
/// <param name="Axes">In no particular order.</param>
public sealed record Movement(int Source, int Target, EquatableArray<MovedAxis> Axes)
{
    /// <summary>Elements that move.</summary>
    public int Count => Axes.Aggregate(1, static (product, axis) => product * axis.Length);

    /// <summary>Whether elements lie one behind the other in both, so that they are the same elements in the same places.</summary>
    public bool IsInOrder => Source == 0 && Target == 0 && Merged().Axes is { Length: <= 1 } axes && axes.All(static axis => axis is { Source: 1, Target: 1 });

    /// <summary>The way back.</summary>
    public Movement Inverse => new(Target, Source, Axes.Select(static axis => new MovedAxis(axis.Length, axis.Target, axis.Source)).ToEquatableArray());

    /// <summary>All elements in their order, whatever the shapes.</summary>
    public static Movement InOrder(int length) => new(0, 0, [new MovedAxis(length, 1, 1)]);

    /// <summary>Axes of the source, or parts of them, which in this order make the target.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="axes">Lengths and distances in the source, outermost first.</param>
    public static Movement View(int source, params (int Length, int Distance)[] axes)
    {
        MovedAxis[] moved = new MovedAxis[axes.Length];
        int target = 1;
        for (int axis = axes.Length - 1; axis >= 0; axis--)
        {
            moved[axis] = new MovedAxis(axes[axis].Length, axes[axis].Distance, target);
            target *= axes[axis].Length;
        }

        return new Movement(source, 0, moved.ToEquatableArray());
    }

    /// <summary>A tensor into a larger one that differs along one axis.</summary>
    /// <param name="source">The shape of the one.</param>
    /// <param name="target">The shape of the other.</param>
    /// <param name="place">Of the axis among the lengths.</param>
    /// <param name="first">Its index there that the first element gets.</param>
    public static Movement Into(TensorShape source, TensorShape target, int place, int first)
    {
        int[] inside = Distances(source);
        int[] around = Distances(target);
        return new Movement(0, first * around[place],
            source.Lengths.Select((length, axis) => new MovedAxis(length, inside[axis], around[axis])).ToEquatableArray());
    }

    /// <summary>Elements from one index of an axis to the next in planar order, for each of a shape's lengths.</summary>
    public static int[] Distances(TensorShape shape)
    {
        int[] distances = new int[shape.Rank + 1];
        int distance = 1;
        for (int axis = shape.Rank; axis >= 0; axis--)
        {
            distances[axis] = distance;
            distance *= shape.Lengths[axis];
        }

        return distances;
    }

    /// <summary>This and then another one, which takes from all that this one has made; null where no list of axes says both.</summary>
    public Movement? Then(Movement next) => next.From(
        Axes.Select(static axis => new Digit(axis.Length, axis.Target, axis.Source)).ToEquatableArray(), Source);

    /// <summary>In floats of two tensors, as they lie; null where axes of the one are no parts of the other's, nor the other way round.</summary>
    public Movement? Between(TensorLayout source, TensorLayout target) =>
        From(Digits(source), source.Interior)?.Inverse.From(Digits(target), target.Interior)?.Inverse.Merged();

    private static EquatableArray<Digit> Digits(TensorLayout layout)
    {
        int[] distances = Distances(new TensorShape(layout.Channels, layout.Axes));
        return
        [
            new Digit(layout.Channels, distances[0], 1),
            .. layout.Axes.Select((length, axis) => new Digit(length, distances[axis + 1], layout.Stride(axis))),
        ];
    }

    /// <summary>
    /// The same with other distances in the source: an index in planar order is a number whose digits are indices of axes, and each digit has a distance of
    /// its own. An axis that runs over several digits is cut into one for each.
    /// </summary>
    private Movement? From(EquatableArray<Digit> digits, int offset)
    {
        int[] low = [.. digits.Select(digit => Source / digit.Planar % digit.Length)];
        int[] high = [.. low];
        int source = offset + digits.Select((digit, index) => low[index] * digit.Distance).Sum();
        List<MovedAxis> moved = [];
        Stack<MovedAxis> left = new(Axes.Where(static axis => axis.Length > 1));
        while (left.Count > 0)
        {
            MovedAxis axis = left.Pop();
            long step = Math.Abs((long)axis.Source);
            int place = DigitOf(step, digits);
            if (place < 0 || step % digits[place].Planar != 0)
                return null;
            Digit digit = digits[place];
            int steps = axis.Source / digit.Planar;
            long reach = Math.Abs((long)steps) * (axis.Length - 1);
            if (reach < digit.Length)
            {
                moved.Add(axis with { Source = steps * digit.Distance });
                (steps < 0 ? low : high)[place] += steps * (axis.Length - 1);
                continue;
            }

            int inner = digit.Length / Math.Abs(steps);
            if (digit.Length % steps != 0 || axis.Length % inner != 0)
                return null;
            left.Push(new MovedAxis(axis.Length / inner, axis.Source * inner, axis.Target * inner));
            left.Push(axis with { Length = inner });
        }

        bool isInside = digits.Select((digit, index) => low[index] >= 0 && high[index] < digit.Length).All(static inside => inside);
        return isInside ? new Movement(source, Target, moved.ToEquatableArray()) : null;
    }

    /// <summary>The digit that a step changes; -1 for none.</summary>
    private static int DigitOf(long step, EquatableArray<Digit> digits)
    {
        for (int index = 0; index < digits.Length; index++)
        {
            if (digits[index].Planar <= step && step < (long)digits[index].Planar * digits[index].Length)
                return index;
        }

        return -1;
    }

    /// <summary>With axes that follow each other in both made one, outermost of the target first.</summary>
    public Movement Merged()
    {
        List<MovedAxis> merged = [];
        foreach (MovedAxis axis in Axes.OrderByDescending(static axis => Math.Abs(axis.Target)))
        {
            if (merged.Count > 0 && merged[^1] is var outer && outer.Source == axis.Source * axis.Length && outer.Target == axis.Target * axis.Length)
                merged[^1] = axis with { Length = outer.Length * axis.Length };
            else
                merged.Add(axis);
        }

        return this with { Axes = merged.ToEquatableArray() };
    }

    /// <summary>An axis as a digit of an element's number in planar order.</summary>
    /// <param name="Length">Of the axis.</param>
    /// <param name="Planar">What a step along it adds to the number.</param>
    /// <param name="Distance">How far the step goes where the elements are.</param>
    private sealed record Digit(int Length, int Planar, int Distance);
}

/// <summary>One axis of a movement.</summary>
/// <param name="Length">Its length.</param>
/// <param name="Source">How far a step goes in the source.</param>
/// <param name="Target">How far a step goes in the target.</param>
public sealed record MovedAxis(int Length, int Source, int Target);
