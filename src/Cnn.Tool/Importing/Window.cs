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
            long room = (long)axes[axis] + Begin[axis] + End[axis] - Extent(axis);
            if (room < 0 && !(ceil && room > -Stride[axis]))
                throw new Onnx.NotExpressibleException($"its window takes {Extent(axis)} elements of axis {axis}, which has {axes[axis] + Begin[axis] + End[axis]} with its padding");
            long output = (ceil ? (room + Stride[axis] - 1) / Stride[axis] : room / Stride[axis]) + 1;
            if (ceil && (output - 1) * Stride[axis] >= (long)axes[axis] + Begin[axis])
                output--;
            outputs[axis] = (int)output;
        }

        return outputs;
    }

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

    private static bool IsEven(int[] values) => values.AsSpan().IndexOfAnyExcept(values[0]) < 0;
}
