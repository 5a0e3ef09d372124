using Cnn.Tool.Importing.Onnx.Operators;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>ONNX's rules for shapes: targets of Reshape, axes, slices, broadcasting.</summary>
internal static class ShapeArithmetic
{
    /// <summary>The wanted shape of a Reshape: an attribute until opset 4, an input since.</summary>
    public static long[] Target(OperatorNode node)
    {
        node.Require("allowzero", 0, "no axis has a length of 0");
        long[]? attribute = node.Integers("shape");
        return attribute ?? node.Constant(1, "shape").Integers ?? throw new NotExpressibleException("its shape is not a list of integers");
    }

    /// <summary>0 keeps an axis, -1 takes what is left.</summary>
    public static int[] Reshape(int[] axes, long[] target)
    {
        long[] shape = [.. target];
        long total = axes.Aggregate(1L, (product, axis) => product * axis);
        int open = -1;
        long known = 1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 0)
                shape[axis] = axis < axes.Length
                    ? axes[axis]
                    : throw new NotExpressibleException($"its shape {Tensor.Text(target)} keeps an axis that {Tensor.Text(axes)} does not have");
            if (shape[axis] == -1 && open < 0)
                open = axis;
            else if (shape[axis] < 0 || shape[axis] > Tensor.MostElements)
                throw new NotExpressibleException($"its shape is {Tensor.Text(target)}; one -1 and lengths are needed");
            else
                known = Math.Min(known * shape[axis], Tensor.MostElements * 2);
        }

        if (open >= 0)
            shape[open] = known == 0 ? 0 : total / known;
        if (shape.Aggregate(1L, (product, axis) => Math.Min(product * axis, Tensor.MostElements * 2)) != total)
            throw new NotExpressibleException($"it makes {Tensor.Text(target)} of {Tensor.Text(axes)}, which has another number of elements");
        return [.. shape.Select(axis => (int)axis)];
    }

    public static int[] Flatten(int[] axes, int axis)
    {
        // Behind the last axis is a place too, but negative ones count from the last axis.
        int split = axis < 0 ? Axis(axis, axes.Length) : Axis(axis, axes.Length + 1);
        return [axes.Take(split).Aggregate(1, (product, length) => product * length), axes.Skip(split).Aggregate(1, (product, length) => product * length)];
    }

    /// <summary>An attribute until opset 12, an input since; null where neither is given.</summary>
    public static long[]? Axes(OperatorNode node, int input = 1) => node.Integers("axes") ?? node.ConstantOrNull(input, "list of axes")?.Integers;

    public static int[] Squeeze(int[] axes, long[]? given)
    {
        HashSet<int> dropped = given is null
            ? [.. Enumerable.Range(0, axes.Length).Where(axis => axes[axis] == 1)]
            : [.. given.Select(axis => Axis(axis, axes.Length))];
        if (dropped.Any(axis => axes[axis] != 1))
            throw new NotExpressibleException($"it drops an axis of {Tensor.Text(axes)} that is longer than 1");
        return [.. axes.Where((_, axis) => !dropped.Contains(axis))];
    }

    public static int[] Unsqueeze(int[] axes, long[] given)
    {
        int rank = axes.Length + given.Length;
        HashSet<int> added = [.. given.Select(axis => Axis(axis, rank))];
        if (added.Count != given.Length)
            throw new NotExpressibleException("it adds the same axis twice");
        int next = 0;
        return [.. Enumerable.Range(0, rank).Select(axis => added.Contains(axis) ? 1 : axes[next++])];
    }

    public static int[] Order(OperatorNode node, int rank)
    {
        int[] order = node.Integers("perm") is { } given ? [.. given.Select(axis => Axis(axis, rank))] : [.. Enumerable.Range(0, rank).Reverse()];
        if (order.Length != rank || order.Distinct().Count() != rank)
            throw new NotExpressibleException($"its perm does not name each of the {rank} axes once");
        return order;
    }

    /// <summary>From 0; negative ones count from the end.</summary>
    public static int Axis(long axis, int rank)
    {
        long from = axis < 0 ? axis + rank : axis;
        return from >= 0 && from < rank ? (int)from : throw new NotExpressibleException($"its axis {axis} is none of the {rank} that there are");
    }

    /// <summary>Of one element; negative ones count from the end.</summary>
    public static int Position(long index, int length) => index >= -length && index < length
        ? (int)(index < 0 ? index + length : index)
        : throw new NotExpressibleException($"its index {index} is outside the {length} elements");

    public static int Clamp(long index, int length) => (int)Math.Clamp(index < 0 ? index + length : index, 0, length);

    /// <summary>What a Slice keeps, axis by axis.</summary>
    /// <param name="node">The node.</param>
    /// <param name="lengths">The axes.</param>
    public static IEnumerable<(int Axis, ElementRange Range)> Slices(OperatorNode node, int[] lengths)
    {
        long[] starts = node.Integers("starts") ?? node.Constant(1, "starts").Integers ?? [];
        long[] ends = node.Integers("ends") ?? node.Constant(2, "ends").Integers ?? [];
        long[] axes = Axes(node, 3) ?? [.. starts.Select((_, axis) => (long)axis)];
        long[] steps = node.ConstantOrNull(4, "steps")?.Integers ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length || steps.Contains(0))
            throw new NotExpressibleException("it has not one start, one end and one step other than 0 for each of its axes");
        return [.. starts.Select((_, index) => (Axis(axes[index], lengths.Length), index)).Select(pair =>
            (pair.Item1, Range(starts[pair.index], ends[pair.index], steps[pair.index], lengths[pair.Item1])))];
    }

    /// <summary>Negative indices count from the end, and those beyond it are the end.</summary>
    private static ElementRange Range(long start, long end, long step, int length)
    {
        // No axis is longer, and nothing overflows.
        step = Math.Clamp(step, -Tensor.MostElements, Tensor.MostElements);
        if (step > 0)
        {
            int first = Clamp(start, length);
            int count = Math.Max(0, Clamp(end, length) - first);
            return new ElementRange(first, (int)((count + step - 1) / step), (int)Math.Min(step, Math.Max(1, length)));
        }

        long last = Math.Clamp(start < 0 ? start + length : start, -1, length - 1);
        long before = Math.Clamp(end < 0 ? end + length : end, -1, length - 1);
        long distance = Math.Min(-step, Math.Max(1, length));
        return new ElementRange((int)last, (int)Math.Max(0, (last - before + distance - 1) / distance), (int)-distance);
    }

    public static int[] Broadcast(int[] a, int[] b)
    {
        int rank = Math.Max(a.Length, b.Length);
        int[] shape = new int[rank];
        for (int axis = 1; axis <= rank; axis++)
        {
            int left = axis <= a.Length ? a[^axis] : 1;
            int right = axis <= b.Length ? b[^axis] : 1;
            if (left != right && left != 1 && right != 1)
                throw new NotExpressibleException($"the shapes {Tensor.Text(a)} and {Tensor.Text(b)} do not fit together");
            shape[^axis] = left == 1 ? right : left;
        }

        return shape;
    }

    /// <summary>For each element of a shape, which element of a smaller one is broadcast to it.</summary>
    public static int[] BroadcastPositions(int[] small, int[] shape, int length)
    {
        int[] strides = Tensor.Strides(small);
        int[] positions = new int[length];
        int[] outer = Tensor.Strides(shape);
        for (int index = 0; index < length; index++)
        {
            int position = 0;
            for (int axis = 1; axis <= small.Length; axis++)
            {
                if (small[^axis] > 1)
                    position += index / outer[^axis] % shape[^axis] * strides[^axis];
            }

            positions[index] = position;
        }

        return positions;
    }
}
