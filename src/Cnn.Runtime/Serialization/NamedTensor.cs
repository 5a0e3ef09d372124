namespace Cnn;

/// <summary>A tensor of a <see cref="TensorFile"/>: real numbers or integers.</summary>
public sealed class NamedTensor
{
    private readonly long[]? _integers;
    private readonly long[] _shape;

    internal NamedTensor(string name, long[] shape, float[] reals)
        : this(name, shape, reals.Length) => Reals = reals;

    internal NamedTensor(string name, long[] shape, long[] integers)
        : this(name, shape, integers.Length) => _integers = integers;

    private NamedTensor(string name, long[] shape, int length)
    {
        long product = 1;
        foreach (long axis in shape)
            product = checked(product * axis);
        if (product != length)
            throw new ArgumentException(
                $"Tensor '{name}' of shape {ShapeFormat.Brackets(shape)} needs {CountFormat.Of(product, "element")}, not {length}.", nameof(shape));
        Name = name;
        _shape = shape;
        Length = length;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The axes; none for a single number.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public long Length { get; }

    /// <summary>In what real numbers are written.</summary>
    internal WeightStorage Storage { get; init; }

    /// <summary>The numbers; null for integers.</summary>
    public float[]? Reals { get; }

    /// <summary>The integers, of a tensor that has them.</summary>
    /// <exception cref="InvalidOperationException">It holds real numbers.</exception>
    public long[] Integers => _integers ?? throw new InvalidOperationException($"Tensor '{Name}' holds real numbers.");
}
