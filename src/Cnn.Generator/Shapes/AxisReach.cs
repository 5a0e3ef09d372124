using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>What one element of an output depends on along one axis, in elements of the network's input.</summary>
/// <param name="Field">How many elements it depends on.</param>
/// <param name="Jump">By how much that moves from one element to the next, as a fraction: this over <paramref name="Parts"/>.</param>
/// <param name="Parts">More than 1 behind an enlargement.</param>
/// <param name="Cell">Behind an enlargement, the distance of elements that do not depend on the same: a window reaches whole cells.</param>
/// <remarks>Numbers stop at int.MaxValue, which no legal input reaches, so that no product of two leaves a long.</remarks>
internal sealed record AxisReach(long Field, long Jump, long Parts, long Cell)
{
    public static AxisReach Input { get; } = new(1, 1, 1, 1);

    /// <summary>After a window that covers so many elements more than one.</summary>
    public AxisReach Widen(long elements)
    {
        long span = Limit(elements) * Jump;
        long unit = Limit(Parts * Cell);
        return this with { Field = Limit(Field + Limit(Limit((span + unit - 1) / unit) * Cell)) };
    }

    /// <summary>After every so many-th element was taken, or as many for a number of them.</summary>
    public AxisReach Step(long length, long size)
    {
        long jump = Limit(Jump * length);
        long parts = Limit(Parts * size);
        int divisor = GreatestCommonDivisor.Of((int)jump, (int)parts);
        return this with { Jump = jump / divisor, Parts = parts / divisor };
    }

    /// <summary>After each element was made so many.</summary>
    public AxisReach Enlarge(int scale) => (scale == 1 ? this : this with { Cell = Math.Max(Cell, (Jump + Parts - 1) / Parts) }).Step(1, scale);

    public AxisReach Join(AxisReach other)
    {
        AxisReach farther = Jump * other.Parts >= other.Jump * Parts ? this : other;
        return farther with { Field = Math.Max(Field, other.Field), Cell = Math.Max(Cell, other.Cell) };
    }

    private static long Limit(long length) => Math.Min(length, int.MaxValue);
}
