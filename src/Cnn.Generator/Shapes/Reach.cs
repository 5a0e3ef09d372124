using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>What of the network's input one element of an output depends on, per axis.</summary>
/// <remarks>
/// r_out = r_in + (kernel - 1) * dilation * jump and jump_out = jump_in * stride, from r = jump = 1 at the input (Araujo et al., Distill 2019,
/// doi 10.23915/distill.00021). Padding counts as input. Numbers stop at int.MaxValue, which no legal input reaches.
/// </remarks>
internal sealed class Reach
{
    private readonly long[] _field;
    private readonly long[] _jump;

    private Reach(long[] field, long[] jump)
    {
        _field = field;
        _jump = jump;
    }

    /// <summary>Of a flat vector.</summary>
    public static Reach None { get; } = new([], []);

    public EquatableArray<int> Field => _field.Select(static length => (int)length).ToEquatableArray();

    /// <summary>Whether a stride has made the map smaller than the input.</summary>
    public bool IsReduced => _jump.Any(static jump => jump > 1);

    public static Reach OfInput(int rank) => new([.. Enumerable.Repeat(1L, rank)], [.. Enumerable.Repeat(1L, rank)]);

    /// <summary>After a sliding window.</summary>
    public Reach Slide(WindowShape window)
    {
        long[] field = new long[_field.Length];
        long[] jump = new long[_field.Length];
        for (int axis = 0; axis < field.Length; axis++)
        {
            long extent = Limit((window.Kernel[axis] - 1L) * window.Dilation[axis]);
            field[axis] = Limit(_field[axis] + Limit(extent * _jump[axis]));
            jump[axis] = Limit(_jump[axis] * window.Stride[axis]);
        }

        return new Reach(field, jump);
    }

    /// <summary>After a window as large as the map.</summary>
    public Reach Whole(EquatableArray<int> axes)
    {
        long[] field = new long[_field.Length];
        for (int axis = 0; axis < field.Length; axis++)
            field[axis] = Limit(_field[axis] + Limit((axes[axis] - 1L) * _jump[axis]));
        return new Reach(field, _jump);
    }

    /// <summary>Of a layer that takes both.</summary>
    public Reach Join(Reach other) => _field.Length != other._field.Length ? this : new Reach(
        [.. _field.Select((field, axis) => Math.Max(field, other._field[axis]))],
        [.. _jump.Select((jump, axis) => Math.Max(jump, other._jump[axis]))]);

    private static long Limit(long length) => Math.Min(length, int.MaxValue);
}
