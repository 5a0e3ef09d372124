using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Kernel size, stride, padding and dilation: their ranges, one number per axis, and the output's length.</summary>
internal static class WindowRule
{
    private static readonly string[][] AxisNames = [[], ["length"], ["height", "width"], ["depth", "height", "width"]];

    /// <summary>As messages call an axis.</summary>
    public static string AxisName(int rank, int axis) => AxisNames[rank][axis];

    public static void Check(WindowSpec window, LayerFaults faults)
    {
        faults.AtLeast(1, "kernel", window.Kernel, "a window has at least one element");
        const string StrideReason = "the window has to move on";
        if (window.Strides is { } strides)
            faults.AtLeast(1, "Strides", strides, StrideReason);
        else if (window.Stride is { } stride)
            faults.AtLeast(1, "Stride", stride, StrideReason);

        const string PaddingReason = "padding only adds elements";
        if (window.Paddings is { } paddings)
            faults.AtLeast(0, "Paddings", paddings, PaddingReason);
        else
            faults.AtLeast(0, "Padding", window.Padding, PaddingReason);

        const string DilationReason = "1 is the distance of neighbours";
        if (window.Dilations is { } dilations)
            faults.AtLeast(1, "Dilations", dilations, DilationReason);
        else
            faults.AtLeast(1, "Dilation", window.Dilation, DilationReason);
    }

    /// <summary>One number per axis, or null and a fault where an argument has another count.</summary>
    /// <param name="window">As written.</param>
    /// <param name="input">Whose axes count.</param>
    /// <param name="faults">Where wrong counts go.</param>
    public static WindowShape? Resolve(WindowSpec window, LayerInput input, LayerFaults faults)
    {
        int rank = input.Shape.Rank;
        string because = input.AxesReason;
        if (window.Kernel.Length != 1 && window.Kernel.Length != rank)
            faults.WrongCount("kernel", window.Kernel.Length, rank == 1 ? "1" : "1 or " + Numbers.Text(rank), because);
        CheckPerAxis("Strides", window.Strides, input, faults);
        CheckPerAxis("Dilations", window.Dilations, input, faults);
        if (window.Paddings is { } given && given.Length != rank && given.Length != 2 * rank)
            faults.WrongCount("Paddings", given.Length, $"{Numbers.Text(rank)}, or {Numbers.Text(2 * rank)} with all begins before all ends", because);
        if (faults.Any)
            return null;

        EquatableArray<int> kernel = window.Kernel.Length == rank ? window.Kernel : Repeat(window.Kernel[0], rank);
        EquatableArray<int> paddings = window.Paddings ?? Repeat(window.Padding, rank);
        return new WindowShape
        {
            Kernel = kernel,
            Stride = window.Strides ?? (window.Stride is { } stride ? Repeat(stride, rank) : kernel),
            PaddingBegin = paddings.Take(rank).ToEquatableArray(),
            PaddingEnd = paddings.Skip(paddings.Length - rank).ToEquatableArray(),
            Dilation = window.Dilations ?? Repeat(window.Dilation, rank),
        };
    }

    /// <summary>The output's axes, or null and a fault: floor((length + padding begin + padding end - dilation (kernel - 1) - 1) / stride) + 1.</summary>
    public static long[]? Lengths(string kind, WindowShape window, WindowSpec written, LayerInput input, LayerFaults faults)
    {
        long[] lengths = new long[input.Shape.Rank];
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            long padded = PaddedLength(window, input, axis);
            long extent = Extent(window, axis);
            if (padded < extent)
            {
                WindowFit.Add(FaultIds.KernelLargerThanInput, kind, window, written, input, axis, faults);
                return null;
            }

            lengths[axis] = ((padded - extent) / window.Stride[axis]) + 1;
        }

        return lengths;
    }

    public static long PaddedLength(WindowShape window, LayerInput input, int axis) =>
        (long)input.Shape.Axes[axis] + window.PaddingBegin[axis] + window.PaddingEnd[axis];

    /// <summary>From the first element of a window to its last, both counted.</summary>
    public static long Extent(WindowShape window, int axis) => ((window.Kernel[axis] - 1L) * window.Dilation[axis]) + 1;

    /// <summary>Which of the kernel's written numbers an axis has.</summary>
    public static int KernelElement(WindowSpec written, int axis) => written.Kernel.Length == 1 ? 0 : axis;

    /// <summary>Whether an argument has one number per axis, or was not given; a fault if not.</summary>
    public static bool CheckPerAxis(string argument, EquatableArray<int>? values, LayerInput input, LayerFaults faults)
    {
        if (values is not { } given || given.Length == input.Shape.Rank)
            return true;
        faults.WrongCount(argument, given.Length, Numbers.Text(input.Shape.Rank), input.AxesReason);
        return false;
    }

    private static EquatableArray<int> Repeat(int value, int count) => Enumerable.Repeat(value, count).ToEquatableArray();
}
