using System.Globalization;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>Kernel, stride, padding and dilation as a declaration has them. A null array was not written.</summary>
internal sealed record Window(params int[] Kernel)
{
    public int? Stride { get; init; }

    public int[]? Strides { get; init; }

    public int Padding { get; init; }

    /// <summary>One per axis, or all begins and then all ends.</summary>
    public int[]? Paddings { get; init; }

    public int Dilation { get; init; } = 1;

    public int[]? Dilations { get; init; }

    public IEnumerable<string> NamedArguments
    {
        get
        {
            if (Stride is { } stride)
                yield return $"Stride = {stride.ToString(CultureInfo.InvariantCulture)}";
            if (Strides is not null)
                yield return List("Strides", Strides);
            if (Padding != 0)
                yield return $"Padding = {Padding.ToString(CultureInfo.InvariantCulture)}";
            if (Paddings is not null)
                yield return List("Paddings", Paddings);
            if (Dilation != 1)
                yield return $"Dilation = {Dilation.ToString(CultureInfo.InvariantCulture)}";
            if (Dilations is not null)
                yield return List("Dilations", Dilations);
        }
    }

    /// <summary>One number for each of the input's axes.</summary>
    /// <param name="rank">How many axes the input has.</param>
    /// <param name="strideIsKernel">What the stride is where none is written: the kernel, or 1.</param>
    public Sliding Resolve(int rank, bool strideIsKernel)
    {
        int[] kernel = Kernel.Length == rank ? Kernel : Same(Kernel[0], rank);
        int[] paddings = Paddings ?? Same(Padding, rank);
        return new Sliding(
            kernel,
            Strides ?? (Stride is { } stride ? Same(stride, rank) : strideIsKernel ? kernel : Same(1, rank)),
            paddings[..rank],
            paddings[^rank..],
            Dilations ?? Same(Dilation, rank));
    }

    private static int[] Same(int value, int count) => [.. Enumerable.Repeat(value, count)];

    private static string List(string name, int[] values) => $"{name} = [{string.Join(", ", values)}]";
}

/// <summary>A window that slides over an input, with one number per axis.</summary>
internal sealed class Sliding(int[] kernel, int[] stride, int[] begin, int[] end, int[] dilation)
{
    private readonly int[] _stride = Lift(stride, 1);
    private readonly int[] _begin = Lift(begin, 0);
    private readonly int[] _dilation = Lift(dilation, 1);

    public IReadOnlyList<int> Kernel => kernel;

    public IReadOnlyList<int> Stride => stride;

    public IReadOnlyList<int> Begin => begin;

    public IReadOnlyList<int> End => end;

    public IReadOnlyList<int> Dilation => dilation;

    public int TapCount { get; } = kernel.Aggregate(1, (product, length) => product * length);

    /// <summary>The elements of the window, as a weight has them.</summary>
    public Position[] Taps { get; } = TapsOf(Lift(kernel, 1));

    /// <summary>From the window's first element to its last, both counted.</summary>
    public int Extent(int axis) => ((kernel[axis] - 1) * dilation[axis]) + 1;

    /// <summary>The input element under a tap of the window of an output.</summary>
    public Position Under(Position output, Position tap) => new(
        (output.Z * _stride[0]) - _begin[0] + (tap.Z * _dilation[0]),
        (output.Y * _stride[1]) - _begin[1] + (tap.Y * _dilation[1]),
        (output.X * _stride[2]) - _begin[2] + (tap.X * _dilation[2]));

    private static Position[] TapsOf(int[] lifted) => FeatureMap.Grid(lifted[0], lifted[1], lifted[2]);

    private static int[] Lift(int[] perAxis, int missing) => [.. Enumerable.Repeat(missing, MapShape.MostAxes - perAxis.Length), .. perAxis];
}
