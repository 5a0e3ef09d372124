namespace Cnn.Tool.Importing.Onnx;

/// <summary>Computes what depends on constants and shapes alone, as exporters write for Reshape.</summary>
internal static class ConstantFolding
{
    // Shapes and parameters of one channel; a weight is never computed elementwise, and a hostile model must not make us.
    private const int MostComputed = 1 << 22;

    /// <summary>The node's value, or null where it has to become a layer.</summary>
    public static OnnxValue? TryFold(OperatorNode node)
    {
        switch (node.Operator)
        {
            case "Constant":
                return new ConstantValue(Constant(node));
            case "Shape" when node.Optional(0) is FeatureValue feature:
                return new ConstantValue(Sliced(node, Tensor.OfIntegers([.. feature.Axes.Select(axis => (long)axis)])));
            case "Size" when node.Optional(0) is FeatureValue feature:
                return new ConstantValue(Tensor.OfIntegers([], [feature.Axes.Aggregate(1L, (product, axis) => product * axis)]));
        }

        // The type of the other operand, in the bodies of ONNX's functions; a network has one type.
        if (node is { Operator: "CastLike", InputCount: 2 } && node.Optional(0) is ConstantValue cast)
            return new ConstantValue(Tensor.OfReals(cast.Tensor.Shape, cast.Tensor.Reals));
        if (node.InputCount == 0 || !node.Inputs.All(input => input is null or ConstantValue) || node.Optional(0) is not ConstantValue first)
            return null;
        Tensor x = first.Tensor;
        return node.Operator switch
        {
            "ConstantOfShape" => new ConstantValue(Filled(node, x)),
            "Shape" => new ConstantValue(Sliced(node, Tensor.OfIntegers([.. x.Shape.Select(axis => (long)axis)]))),
            "Identity" or "Cast" => new ConstantValue(node.Operator == "Cast" ? Cast(node, x) : x),
            "Reshape" => new ConstantValue(x.Reshaped(ShapeArithmetic.Reshape(x.Shape, ShapeArithmetic.Target(node)))),
            "Flatten" => new ConstantValue(x.Reshaped(ShapeArithmetic.Flatten(x.Shape, node.Int32("axis", 1)))),
            "Squeeze" => new ConstantValue(x.Reshaped(ShapeArithmetic.Squeeze(x.Shape, ShapeArithmetic.Axes(node)))),
            "Unsqueeze" => new ConstantValue(x.Reshaped(ShapeArithmetic.Unsqueeze(x.Shape, ShapeArithmetic.Axes(node) ?? []))),
            "Transpose" => new ConstantValue(x.Transposed(ShapeArithmetic.Order(node, x.Shape.Length))),
            "Concat" => new ConstantValue(ConstantMovement.Concat(node)),
            "Gather" => new ConstantValue(ConstantMovement.Gather(node, x)),
            "Slice" => new ConstantValue(ConstantMovement.Slice(node, x)),
            "Tile" => new ConstantValue(ConstantMovement.Tile(node, x)),
            "Expand" => new ConstantValue(ConstantMovement.Expand(node, x)),
            "Range" => new ConstantValue(Range(node, x)),
            "Where" => new ConstantValue(Where(node, x)),
            "Size" => new ConstantValue(Tensor.OfIntegers([], [x.Length])),
            "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Mod" or "Min" or "Max" or "Equal" or "Less" or "Greater" when node.InputCount == 2 =>
                new ConstantValue(Arithmetic(node, x, node.Constant(1, "second operand"))),
            "Sqrt" or "Neg" or "Floor" or "Ceil" or "Reciprocal" or "Exp" or "Log" or "Abs" or "Not" => new ConstantValue(Elementwise(node.Operator, x)),
            _ => null,
        };
    }

    private static Tensor Constant(OperatorNode node)
    {
        if (node.TensorOrNull("value") is { } tensor)
            return tensor;
        if (node.Has("value_float"))
            return Tensor.OfReals([], [node.Real("value_float", 0)]);
        if (node.Has("value_int"))
            return Tensor.OfIntegers([], [node.Integer("value_int", 0)]);
        if (node.Integers("value_ints") is { } integers)
            return Tensor.OfIntegers(integers);
        return node.Reals("value_floats") is { } reals
            ? Tensor.OfReals([reals.Length], reals)
            : throw new NotExpressibleException("it has no number or tensor as its value");
    }

    private static Tensor Filled(OperatorNode node, Tensor shape)
    {
        int[] axes = Tensor.CheckedShape(shape.Integers ?? throw new NotExpressibleException("its shape is not a list of integers"));
        Tensor value = node.TensorOrNull("value") ?? Tensor.OfReals([1], [0]);
        if (value.Length != 1)
            throw new NotExpressibleException($"its value has {value.Length} elements; 1 is needed");
        if (value.IsReal)
            return Tensor.Filled(axes, value.Reals[0]);
        long[] integers = new long[Bounded(Tensor.CheckedLength([.. axes.Select(axis => (long)axis)]))];
        integers.AsSpan().Fill(value.Integers![0]);
        return Tensor.OfIntegers(axes, integers);
    }

    private static Tensor Sliced(OperatorNode node, Tensor shape)
    {
        int rank = shape.Length;
        int start = ShapeArithmetic.Clamp(node.Integer("start", 0), rank);
        int end = ShapeArithmetic.Clamp(node.Integer("end", rank), rank);
        return Tensor.OfIntegers(shape.Integers![start..Math.Max(start, end)]);
    }

    private static Tensor Cast(OperatorNode node, Tensor x)
    {
        const int Float = 1, Float16 = 10, Double = 11, Bfloat16 = 16;
        bool toReal = node.Integer("to", Float) is Float or Float16 or Double or Bfloat16;
        if (toReal == x.IsReal)
            return x;
        _ = Bounded(x.Length);
        return toReal ? Tensor.OfReals(x.Shape, x.Reals) : Tensor.OfIntegers(x.Shape, [.. x.Reals.Select(value => (long)value)]);
    }

    private static Tensor Range(OperatorNode node, Tensor start)
    {
        Tensor limit = node.Constant(1, "limit");
        Tensor delta = node.Constant(2, "delta");
        if (start.Length != 1 || limit.Length != 1 || delta.Length != 1 || delta.Reals[0] == 0)
            throw new NotExpressibleException("its start, limit and delta are not one number each, the last of them not 0");
        double count = Math.Max(0, Math.Ceiling(((double)limit.Reals[0] - start.Reals[0]) / delta.Reals[0]));
        int length = Bounded((int)Math.Min(count, int.MaxValue));
        if (start.Integers is { } first && delta.Integers is { } step)
            return Tensor.OfIntegers([.. Enumerable.Range(0, length).Select(index => first[0] + (index * step[0]))]);
        return Tensor.OfReals([length], [.. Enumerable.Range(0, length).Select(index => start.Reals[0] + (index * delta.Reals[0]))]);
    }

    private static Tensor Where(OperatorNode node, Tensor condition)
    {
        Tensor x = node.Constant(1, "second operand");
        Tensor y = node.Constant(2, "third operand");
        int[] shape = ShapeArithmetic.Broadcast(condition.Shape, ShapeArithmetic.Broadcast(x.Shape, y.Shape));
        int length = Bounded(Tensor.CheckedLength([.. shape.Select(axis => (long)axis)]));
        int[] choice = ShapeArithmetic.BroadcastPositions(condition.Shape, shape, length);
        int[] left = ShapeArithmetic.BroadcastPositions(x.Shape, shape, length);
        int[] right = ShapeArithmetic.BroadcastPositions(y.Shape, shape, length);
        T[] Chosen<T>(T[] a, T[] b) => [.. choice.Select((place, index) => condition.Reals[place] != 0 ? a[left[index]] : b[right[index]])];
        return x.Integers is { } ofX && y.Integers is { } ofY ? Tensor.OfIntegers(shape, Chosen(ofX, ofY)) : Tensor.OfReals(shape, Chosen(x.Reals, y.Reals));
    }

    private static Tensor Arithmetic(OperatorNode node, Tensor x, Tensor y)
    {
        int[] shape = ShapeArithmetic.Broadcast(x.Shape, y.Shape);
        int length = Bounded(Tensor.CheckedLength([.. shape.Select(axis => (long)axis)]));
        int[] left = ShapeArithmetic.BroadcastPositions(x.Shape, shape, length);
        int[] right = ShapeArithmetic.BroadcastPositions(y.Shape, shape, length);
        if (x.Integers is { } a && y.Integers is { } b)
        {
            return Tensor.OfIntegers(shape, Zipped(left, right, (i, j) => unchecked(node.Operator switch
            {
                "Add" => a[i] + b[j],
                "Sub" => a[i] - b[j],
                "Mul" => a[i] * b[j],
                "Min" => Math.Min(a[i], b[j]),
                "Max" => Math.Max(a[i], b[j]),
                "Equal" => a[i] == b[j] ? 1 : 0,
                "Less" => a[i] < b[j] ? 1 : 0,
                "Greater" => a[i] > b[j] ? 1 : 0,
                "Pow" => (long)Math.Pow(a[i], b[j]),
                "Mod" => b[j] is 0 or -1 ? (b[j] == 0 ? throw new NotExpressibleException("it divides by 0") : 0) : ((a[i] % b[j]) + b[j]) % b[j],
                _ => b[j] is 0 or -1 ? (b[j] == 0 ? throw new NotExpressibleException("it divides by 0") : -a[i]) : a[i] / b[j],
            })));
        }

        return Tensor.OfReals(shape, Zipped(left, right, (i, j) => node.Operator switch
        {
            "Add" => x.Reals[i] + y.Reals[j],
            "Sub" => x.Reals[i] - y.Reals[j],
            "Mul" => x.Reals[i] * y.Reals[j],
            "Min" => MathF.Min(x.Reals[i], y.Reals[j]),
            "Max" => MathF.Max(x.Reals[i], y.Reals[j]),
            "Equal" => x.Reals[i] == y.Reals[j] ? 1 : 0,
            "Less" => x.Reals[i] < y.Reals[j] ? 1 : 0,
            "Greater" => x.Reals[i] > y.Reals[j] ? 1 : 0,
            "Pow" => MathF.Pow(x.Reals[i], y.Reals[j]),
            "Mod" => x.Reals[i] % y.Reals[j],
            _ => x.Reals[i] / y.Reals[j],
        }));
    }

    private static T[] Zipped<T>(int[] left, int[] right, Func<int, int, T> compute)
    {
        T[] values = new T[left.Length];
        for (int index = 0; index < values.Length; index++)
            values[index] = compute(left[index], right[index]);
        return values;
    }

    private static Tensor Elementwise(string operation, Tensor x)
    {
        _ = Bounded(x.Length);
        if (x.Integers is { } integers && operation == "Neg")
            return Tensor.OfIntegers(x.Shape, [.. integers.Select(value => unchecked(-value))]);
        if (x.Integers is { } numbers && operation is "Not" or "Abs")
            return Tensor.OfIntegers(x.Shape, [.. numbers.Select(value => operation == "Not" ? (value == 0 ? 1 : 0) : value < 0 ? unchecked(-value) : value)]);
        return Tensor.OfReals(x.Shape, [.. x.Reals.Select(value => operation switch
        {
            "Sqrt" => MathF.Sqrt(value),
            "Neg" => -value,
            "Floor" => MathF.Floor(value),
            "Ceil" => MathF.Ceiling(value),
            "Exp" => MathF.Exp(value),
            "Log" => MathF.Log(value),
            "Abs" => MathF.Abs(value),
            "Not" => value == 0 ? 1 : 0,
            _ => 1 / value,
        })]);
    }

    /// <summary>A number of elements that are computed one by one.</summary>
    public static int Bounded(int length) => length <= MostComputed
        ? length
        : throw new NotExpressibleException($"it computes a constant of {length:N0} elements; at most {MostComputed:N0} are computed");
}
