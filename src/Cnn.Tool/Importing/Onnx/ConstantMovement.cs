using Cnn.Tool.Importing.Onnx.Operators;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>What joins, picks and repeats the elements of constants.</summary>
internal static class ConstantMovement
{
    public static Tensor Concat(OperatorNode node)
    {
        Tensor[] parts = [.. Enumerable.Range(0, node.InputCount).Select(index => node.Constant(index, "part"))];
        int rank = parts[0].Shape.Length;
        int axis = ShapeArithmetic.Axis(node.Integer("axis", 0), rank);
        if (parts.Any(part => part.Shape.Length != rank
            || part.Shape.Index().Any(length => length.Index != axis && length.Item != parts[0].Shape[length.Index])))
            throw new NotExpressibleException("it joins constants that differ in more than one axis");
        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        _ = ConstantFolding.Bounded(Tensor.CheckedLength([.. shape.Select(static length => (long)length)]));
        int rows = shape[..axis].Aggregate(1, static (product, length) => product * length);
        T[] Joined<T>(Func<Tensor, T[]> of) => [.. Enumerable.Range(0, rows).SelectMany(row => parts.SelectMany(part =>
        {
            int width = part.Length / Math.Max(1, rows);
            return of(part).AsSpan(row * width, width).ToArray();
        }))];
        return parts.Any(static part => part.IsReal)
            ? Tensor.OfReals(shape, Joined(static part => part.Reals))
            : Tensor.OfIntegers(shape, Joined(static part => part.Integers!));
    }

    public static Tensor Gather(OperatorNode node, Tensor x)
    {
        Tensor indices = node.Constant(1, "indices");
        if (indices.Integers is null || x.Shape.Length == 0)
            throw new NotExpressibleException("elements are taken of a constant with an axis, by integers");
        int axis = ShapeArithmetic.Axis(node.Integer("axis", 0), x.Shape.Length);
        int[] positions = [.. indices.Integers.Select(index => ShapeArithmetic.Position(index, x.Shape[axis]))];
        return Taken(x, axis, positions).Reshaped([.. x.Shape[..axis], .. indices.Shape, .. x.Shape[(axis + 1)..]]);
    }

    public static Tensor Slice(OperatorNode node, Tensor x)
    {
        foreach ((int axis, ElementRange range) in ShapeArithmetic.Slices(node, x.Shape))
            x = Taken(x, axis, [.. Enumerable.Range(0, range.Count).Select(index => range.Start + (index * range.Step))]);
        return x;
    }

    public static Tensor Tile(OperatorNode node, Tensor x)
    {
        long[] repeats = node.Constant(1, "repeats").Integers ?? [];
        if (repeats.Length != x.Shape.Length)
            throw new NotExpressibleException($"its repeats {Tensor.Text(repeats)} are not one for each axis of {Tensor.Text(x.Shape)}");
        for (int axis = 0; axis < repeats.Length; axis++)
        {
            int length = x.Shape[axis];
            int count = ConstantFolding.Bounded((int)Math.Min(Math.Clamp(repeats[axis], 0, Tensor.MostElements) * length, int.MaxValue));
            x = Taken(x, axis, [.. Enumerable.Range(0, count).Select(index => index % length)]);
        }

        return x;
    }

    public static Tensor Expand(OperatorNode node, Tensor x)
    {
        int[] target = Tensor.CheckedShape(node.Constant(1, "shape").Integers ?? throw new NotExpressibleException("its shape is not a list of integers"));
        int[] shape = ShapeArithmetic.Broadcast(x.Shape, target);
        if (x.IsReal && x.Uniform() is { } one)
            return Tensor.Filled(shape, one);
        int length = ConstantFolding.Bounded(Tensor.CheckedLength([.. shape.Select(static axis => (long)axis)]));
        return x.Picked(shape, ShapeArithmetic.BroadcastPositions(x.Shape, shape, length));
    }

    /// <summary>Elements of an axis by their positions.</summary>
    private static Tensor Taken(Tensor x, int axis, int[] positions)
    {
        int[] shape = [.. x.Shape];
        shape[axis] = positions.Length;
        int inner = Tensor.Strides(x.Shape)[axis];
        int length = ConstantFolding.Bounded(Tensor.CheckedLength([.. shape.Select(static one => (long)one)]));
        int[] source = new int[length];
        for (int index = 0; index < length; index++)
            source[index] = (index / inner / positions.Length * x.Shape[axis] * inner) + (positions[index / inner % positions.Length] * inner)
                + (index % inner);
        return x.Picked(shape, source);
    }
}
