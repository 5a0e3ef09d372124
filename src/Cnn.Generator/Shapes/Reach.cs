using Cnn.Definitions;
using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>What of the network's input one element of an output depends on, per axis.</summary>
/// <remarks>
/// r_out = r_in + (kernel - 1) * dilation * jump and jump_out = jump_in * stride, from r = jump = 1 at the input (Araujo et al., Distill 2019,
/// doi 10.23915/distill.00021). Padding counts as input. What a norm learns from a whole image does not count, as is usual.
/// </remarks>
internal sealed class Reach
{
    private readonly EquatableArray<AxisReach> _axes;

    private Reach(IEnumerable<AxisReach> axes) => _axes = axes.ToEquatableArray();

    /// <summary>Of a flat vector, and where axes are not those of the network's input any more.</summary>
    public static Reach None { get; } = new([]);

    public EquatableArray<int> Field => _axes.Select(static axis => (int)axis.Field).ToEquatableArray();

    /// <summary>Whether a stride has made the map smaller than the input.</summary>
    public bool IsReduced => _axes.Any(static axis => axis.Jump > axis.Parts);

    public static Reach OfInput(int rank) => new(Enumerable.Repeat(AxisReach.Input, rank));

    /// <summary>After a sliding window.</summary>
    public Reach Slide(WindowShape window) =>
        new(_axes.Select((reach, axis) => reach.Widen((window.Kernel[axis] - 1L) * window.Dilation[axis]).Step(window.Stride[axis], 1)));

    /// <summary>After a transposed convolution: an output sees the inputs whose windows reach it, every stride-th element of the kernel's extent.</summary>
    public Reach SlideTransposed(WindowShape window) => new(_axes.Select((reach, axis) =>
        reach.Widen((window.Kernel[axis] - 1L) * window.Dilation[axis] / window.Stride[axis]).Enlarge(window.Stride[axis])));

    /// <summary>After each element became so many along each axis.</summary>
    public Reach Enlarge(int scale) => new(_axes.Select(reach => reach.Enlarge(scale)));

    /// <summary>After axes got other lengths.</summary>
    /// <param name="axes">How.</param>
    /// <param name="taps">How many elements an output depends on along an axis.</param>
    public Reach Resize(IReadOnlyList<ResampledAxis> axes, int taps) => new(_axes.Select((reach, axis) => axes[axis] switch
    {
        { IsIdentity: true } => reach,
        { Outputs: var outputs, Length: var length } when outputs % length == 0 => reach.Widen(taps - 1).Enlarge(outputs / length),
        { Outputs: var outputs, Length: var length } => reach.Widen(taps - 1).Step(length, outputs),
    }));

    /// <summary>After windows that divide the axes into so many elements; the longest one counts.</summary>
    public Reach Divide(EquatableArray<int> axes, EquatableArray<int> sizes) => new(_axes.Select((reach, axis) =>
    {
        long length = axes[axis];
        long size = sizes[axis];
        long longest = length % size == 0
            ? length / size
            : Enumerable.Range(0, (int)size).Max(i => (((i + 1) * length) + size - 1) / size - (i * length / size));
        return reach.Widen(longest - 1).Step(length, size);
    }));

    /// <summary>After a window as large as the map.</summary>
    public Reach Whole(EquatableArray<int> axes) => new(_axes.Select((reach, axis) => reach.Widen(axes[axis] - 1L)));

    /// <summary>After a look at all of one axis.</summary>
    public Reach Whole(int axis, int length) => new(_axes.Select((reach, index) => index == axis ? reach.Widen(length - 1L) : reach));

    /// <summary>After every so many-th element of one axis was taken.</summary>
    public Reach Skip(int axis, long step) => new(_axes.Select((reach, index) => index == axis ? reach.Step(step, 1) : reach));

    /// <summary>After some axes became one element each.</summary>
    public Reach Reduce(EquatableArray<int> axes, bool[] isReduced) =>
        new(_axes.Select((reach, axis) => isReduced[axis] ? reach.Widen(axes[axis] - 1L) : reach));

    /// <summary>With some of the axes alone.</summary>
    public Reach Keep(bool[] isKept) => new(_axes.Where((_, axis) => isKept[axis]));

    /// <summary>Of a layer that takes both.</summary>
    public Reach Join(Reach other) => _axes.Length != other._axes.Length ? None : new Reach(_axes.Select((reach, axis) => reach.Join(other._axes[axis])));
}
