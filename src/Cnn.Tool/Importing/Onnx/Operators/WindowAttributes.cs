namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>kernel_shape, strides, pads, dilations and auto_pad as one window.</summary>
internal static class WindowAttributes
{
    /// <param name="node">The node.</param>
    /// <param name="axes">The input's axes behind the channels.</param>
    /// <param name="kernel">The kernel where it is known from the weight; else the attribute has to tell.</param>
    public static Window Read(OperatorNode node, int[] axes, int[]? kernel)
    {
        int rank = axes.Length;
        if (rank == 0)
            throw new NotExpressibleException("its input has no axes behind the channels");
        int[] given = Lengths(node, "kernel_shape", rank, 1) ?? kernel ?? throw new NotExpressibleException("it has no kernel_shape");
        if (kernel is not null && !given.AsSpan().SequenceEqual(kernel))
            throw new NotExpressibleException($"its kernel_shape is {Tensor.Text(given)} and its weight has the kernel {Tensor.Text(kernel)}");
        int[] stride = Lengths(node, "strides", rank, 1) ?? Repeated(1, rank);
        int[] dilation = Lengths(node, "dilations", rank, 1) ?? Repeated(1, rank);
        int[] pads = Lengths(node, "pads", 2 * rank, 0) ?? Repeated(0, 2 * rank);
        Window window = new(given, stride, pads[..rank], pads[rank..], dilation);
        string auto = node.Text("auto_pad", "NOTSET");
        return auto switch
        {
            "NOTSET" => window,
            "VALID" => window with { Begin = Repeated(0, rank), End = Repeated(0, rank) },
            "SAME_UPPER" or "SAME_LOWER" => Same(window, axes, auto == "SAME_LOWER"),
            _ => throw new NotExpressibleException($"its auto_pad is '{auto}'; NOTSET, VALID, SAME_UPPER and SAME_LOWER are known"),
        };
    }

    /// <summary>A list of numbers of a known count, or null where it was not given.</summary>
    public static int[]? Lengths(OperatorNode node, string name, int count, int least)
    {
        if (node.Integers(name) is not { } values)
            return null;
        if (values.Length != count)
            throw new NotExpressibleException($"its {name} has {values.Length} numbers; {count} are needed");
        const int Most = 1 << 20;
        foreach (long value in values)
        {
            if (value < least || value > Most)
                throw new NotExpressibleException($"its {name} is {Tensor.Text(values)}; each has to be from {least} to {Most}");
        }

        return [.. values.Select(value => (int)value)];
    }

    public static int[] Repeated(int value, int count) => [.. Enumerable.Repeat(value, count)];

    /// <summary>As many outputs as length / stride, rounded up; an odd element of padding goes to the end, or to the begin for SAME_LOWER.</summary>
    private static Window Same(Window window, int[] axes, bool lower)
    {
        int rank = axes.Length;
        int[] begin = new int[rank];
        int[] end = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            long outputs = ((long)axes[axis] + window.Stride[axis] - 1) / window.Stride[axis];
            int total = (int)Math.Max(0, ((outputs - 1) * window.Stride[axis]) + window.Extent(axis) - axes[axis]);
            begin[axis] = lower ? total - (total / 2) : total / 2;
            end[axis] = total - begin[axis];
        }

        return window with { Begin = begin, End = end };
    }
}
