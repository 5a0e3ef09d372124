namespace Cnn.Tool.Importing;

/// <summary>
/// A constant of a model: reals or integers, the last axis the fastest. A constant of one repeated number is not spread out before somebody needs it.
/// </summary>
internal sealed class Tensor
{
    /// <summary>1 GiB of floats. A model says how large a constant is in a few bytes, so the limit stands before any memory is taken.</summary>
    public const long MostElements = 1 << 28;

    /// <summary>ONNX has no operator that a network could need with more axes.</summary>
    public const int MostAxes = 32;

    // Messages show no more numbers of a list.
    private const int MostShown = 12;

    private readonly float? _fill;
    private float[]? _reals;

    private Tensor(int[] shape, float[]? reals, long[]? integers, float? fill)
    {
        Shape = shape;
        _reals = reals;
        Integers = integers;
        _fill = fill;
        Length = CheckedLength([.. shape.Select(axis => (long)axis)]);
    }

    public int[] Shape { get; }

    public int Length { get; }

    /// <summary>Null for reals.</summary>
    public long[]? Integers { get; }

    /// <summary>The numbers that are in memory: one for all, or each for itself.</summary>
    public long Held => _fill is null ? Length : 1;

    public bool IsReal => Integers is null;

    /// <summary>The numbers as floats; integers are converted.</summary>
    public float[] Reals => _reals ??= Spread();

    public static Tensor OfReals(int[] shape, float[] values) => new(shape, values, null, null);

    public static Tensor OfIntegers(int[] shape, long[] values) => new(shape, null, values, null);

    public static Tensor OfIntegers(params long[] values) => new([values.Length], null, values, null);

    /// <summary>One real number, repeated.</summary>
    public static Tensor Filled(int[] shape, float value) => new(shape, null, null, value);

    /// <summary>The product of the axes.</summary>
    /// <exception cref="ImportException">An axis is negative, or there are more than <see cref="MostElements"/>.</exception>
    public static int CheckedLength(ReadOnlySpan<long> shape)
    {
        if (shape.Length > MostAxes)
            throw new ImportException($"a tensor has {shape.Length} axes; at most {MostAxes} are read");
        long length = 1;
        bool isEmpty = false;
        foreach (long axis in shape)
        {
            if (axis < 0)
                throw new ImportException($"a tensor has the shape {Text(shape)}: no axis can be negative");
            isEmpty |= axis == 0;
            if (axis > MostElements || (axis > 0 && length > MostElements / axis))
                throw new ImportException($"a tensor has the shape {Text(shape)}: more than {MostElements:N0} elements are not read");
            length *= Math.Max(1, axis);
        }

        return isEmpty ? 0 : (int)length;
    }

    public static int[] CheckedShape(ReadOnlySpan<long> shape)
    {
        _ = CheckedLength(shape);
        int[] axes = new int[shape.Length];
        for (int axis = 0; axis < axes.Length; axis++)
            axes[axis] = checked((int)shape[axis]);
        return axes;
    }

    /// <summary>As messages show a shape: <c>[3, 4, 5]</c>.</summary>
    public static string Text(ReadOnlySpan<long> shape) => shape.Length <= MostShown
        ? $"[{string.Join(", ", shape.ToArray())}]"
        : $"[{string.Join(", ", shape[..MostShown].ToArray())}, ... {shape.Length} in all]";

    public static string Text(ReadOnlySpan<int> shape) => Text([.. shape.ToArray().Select(axis => (long)axis)]);

    public Tensor Reshaped(params int[] shape)
    {
        if (CheckedLength([.. shape.Select(axis => (long)axis)]) != Length)
            throw new ImportException($"a constant of the shape {Text(Shape)} cannot take the shape {Text(shape)}");
        return new Tensor(shape, _reals, Integers, _fill);
    }

    /// <summary>The same numbers with the axes in another order.</summary>
    public Tensor Transposed(params int[] order)
    {
        int[] shape = [.. order.Select(axis => Shape[axis])];
        if (_fill is { } fill)
            return Filled(shape, fill);
        int[] source = new int[Length];
        int[] strides = Strides(Shape);
        int[] steps = [.. order.Select(axis => strides[axis])];
        int[] index = new int[shape.Length];
        int from = 0;
        for (int to = 0; to < Length; to++)
        {
            source[to] = from;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                from += steps[axis];
                if (++index[axis] < shape[axis])
                    break;
                from -= steps[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return Picked(shape, source);
    }

    /// <summary>Elements by their position.</summary>
    public Tensor Picked(int[] shape, int[] positions) => Integers is { } integers
        ? OfIntegers(shape, [.. positions.Select(position => integers[position])])
        : OfReals(shape, [.. positions.Select(position => Reals[position])]);

    /// <summary>The one number of which all elements are, or null.</summary>
    public float? Uniform()
    {
        if (_fill is not null)
            return _fill;
        float[] values = Reals;
        return values.Length > 0 && values.AsSpan().IndexOfAnyExcept(values[0]) < 0 ? values[0] : null;
    }

    /// <summary>Each number times a factor.</summary>
    public Tensor Scaled(double factor)
    {
        if (factor == 1)
            return this;
        return _fill is { } fill ? Filled(Shape, (float)(fill * factor)) : OfReals(Shape, [.. Reals.Select(value => (float)(value * factor))]);
    }

    public static int[] Strides(int[] shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    private float[] Spread()
    {
        float[] values = new float[Length];
        if (_fill is { } fill)
            values.AsSpan().Fill(fill);
        else
            for (int index = 0; index < values.Length; index++)
                values[index] = Integers![index];
        return values;
    }
}
