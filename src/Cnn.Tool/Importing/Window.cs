namespace Cnn.Tool.Importing;

/// <summary>A sliding window, one number an axis.</summary>
internal sealed record Window(int[] Kernel, int[] Stride, int[] Begin, int[] End, int[] Dilation)
{
    public bool HasPadding => Begin.Concat(End).Any(padding => padding > 0);

    /// <summary>Elements from the first of a window to its last.</summary>
    public long Extent(int axis) => ((Kernel[axis] - 1L) * Dilation[axis]) + 1;

    /// <summary>floor((length + padding - extent) / stride) + 1, or rounded up without windows that start in the padding at the end.</summary>
    public int[] Outputs(int[] axes, bool ceil)
    {
        int[] outputs = new int[axes.Length];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            outputs[axis] = Output(axis, axes[axis], ceil);
            if (outputs[axis] < 1)
                throw new Onnx.NotExpressibleException(
                    $"its window takes {Extent(axis)} elements of axis {axis}, which has {axes[axis] + Begin[axis] + End[axis]} with its padding");
        }

        return outputs;
    }

    /// <summary>
    /// As many windows with padding of at most half of the kernel, where rounding up reaches as far as the padding does; null where that is not so. It is the
    /// same for a pool whose padding does not count.
    /// </summary>
    public Window? RoundedUp(int[] axes, int[] outputs)
    {
        if (Begin.Zip(Kernel).Any(axis => axis.First > axis.Second / 2))
            return null;
        Window rounded = this with { End = [.. Reach(axes, outputs).Zip(Kernel, (reach, kernel) => Math.Min(reach, kernel / 2))] };
        return rounded.Makes(axes, outputs, ceil: false) || rounded.Makes(axes, outputs, ceil: true) ? rounded : null;
    }

    /// <summary>Whether there are so many windows.</summary>
    public bool Makes(int[] axes, int[] outputs, bool ceil) => axes.Select((length, axis) => Output(axis, length, ceil)).SequenceEqual(outputs);

    /// <summary>The same without padding: for an input that has it already.</summary>
    public Window Unpadded() => this with { Begin = new int[Kernel.Length], End = new int[Kernel.Length] };

    /// <summary>The padding at the end that the last windows reach.</summary>
    public int[] Reach(int[] axes, int[] outputs) =>
        [.. axes.Select((length, axis) => (int)Math.Max(0, ((outputs[axis] - 1L) * Stride[axis]) + Extent(axis) - Begin[axis] - length))];

    /// <summary>Whether every window has an element of the input, not of its padding.</summary>
    public bool SeesInput(int[] axes, int[] outputs)
    {
        for (int axis = 0; axis < axes.Length; axis++)
        {
            for (long output = 0; output < outputs[axis]; output++)
            {
                long start = (output * Stride[axis]) - Begin[axis];
                // The first of the window's elements that is not before the input.
                long element = start >= 0 ? 0 : (-start + Dilation[axis] - 1) / Dilation[axis];
                if (element >= Kernel[axis] || start + (element * Dilation[axis]) >= axes[axis])
                    return false;
            }
        }

        return true;
    }

    /// <summary>The kernel as positional arguments.</summary>
    public IEnumerable<string> KernelArguments() => IsEven(Kernel) ? [Literal.Of(Kernel[0])] : Kernel.Select(Literal.Of);

    /// <summary>What differs from the defaults, as named arguments.</summary>
    /// <param name="strideIsKernel">Whether the default stride is the kernel, as a pool's; else it is 1.</param>
    public IEnumerable<(string, string)> Options(bool strideIsKernel)
    {
        int[] usual = strideIsKernel ? Kernel : [.. Kernel.Select(_ => 1)];
        if (!Stride.AsSpan().SequenceEqual(usual))
            yield return IsEven(Stride) ? ("Stride", Literal.Of(Stride[0])) : ("Strides", Literal.Of(Stride));
        if (HasPadding)
        {
            bool isSymmetric = Begin.AsSpan().SequenceEqual(End);
            yield return isSymmetric && IsEven(Begin) ? ("Padding", Literal.Of(Begin[0]))
                : ("Paddings", Literal.Of(isSymmetric ? Begin : Begin.Concat(End)));
        }

        if (Dilation.Any(dilation => dilation != 1))
            yield return IsEven(Dilation) ? ("Dilation", Literal.Of(Dilation[0])) : ("Dilations", Literal.Of(Dilation));
    }

    /// <summary>Windows along an axis; 0 where none fits.</summary>
    private int Output(int axis, int length, bool ceil)
    {
        long room = (long)length + Begin[axis] + End[axis] - Extent(axis);
        if (room < 0 && !(ceil && room > -Stride[axis]))
            return 0;
        long output = (ceil ? (room + Stride[axis] - 1) / Stride[axis] : room / Stride[axis]) + 1;
        return (int)(ceil && (output - 1) * Stride[axis] >= (long)length + Begin[axis] ? output - 1 : output);
    }

    private static bool IsEven(int[] values) => values.AsSpan().IndexOfAnyExcept(values[0]) < 0;
}
