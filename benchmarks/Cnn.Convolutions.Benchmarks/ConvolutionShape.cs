using System.Globalization;

namespace Cnn.Convolutions.Benchmarks;

/// <summary>One convolution over square feature maps, with the same numbers for both axes.</summary>
internal sealed record ConvolutionShape(
    int Channels, int Size, int Outputs, int Kernel, int Stride, int Padding, int Dilation, int Groups)
{
    /// <summary>More would make a round of 16 images last a second.</summary>
    private const double MostMultiplyAdds = 150e6;

    /// <summary>Those that networks have; the others are drawn from all.</summary>
    private static readonly int[] UsualChannels = [1, 3, 8, 16, 24, 32, 48, 64, 96, 128, 160, 192, 256, 320, 384, 512];

    private static readonly int[] UsualSizes = [1, 4, 7, 8, 14, 16, 20, 28, 32, 40, 56, 64, 80, 112];

    private static readonly int[] Kernels = [1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 4, 5, 5, 6, 7];

    /// <summary>Whether the kernel fits into the padded input.</summary>
    private bool Fits => Size + (2 * Padding) > Dilation * (Kernel - 1);

    /// <summary>The length of an axis of the output.</summary>
    public int OutputSize => ((Size + (2 * Padding) - (Dilation * (Kernel - 1)) - 1) / Stride) + 1;

    /// <summary>Of one image.</summary>
    public double MultiplyAdds => (double)OutputSize * OutputSize * Outputs * (Channels / Groups) * Kernel * Kernel;

    public ConvolutionKind Kind => Groups > 1 && Groups == Channels ? ConvolutionKind.Depthwise
        : Groups > 1 ? ConvolutionKind.Grouped
        : Dilation > 1 ? ConvolutionKind.Dilated
        : Kernel == 1 ? ConvolutionKind.Pointwise
        : Stride > 1 ? ConvolutionKind.Strided
        : Kernel == 3 ? ConvolutionKind.ThreeByThree
        : ConvolutionKind.OtherKernel;

    /// <summary>
    /// The layer as somebody would declare it. Behind it a pool leaves few numbers, since a convolution within a network hands its maps on in whatever
    /// order is fastest.
    /// </summary>
    public string Declare(string name) => string.Create(CultureInfo.InvariantCulture,
        $"""
        [Network, Input({Channels}, {Size}, {Size})]
        [Conv({Outputs}, {Kernel}, Stride = {Stride}, Padding = {Padding}, Dilation = {Dilation}, Groups = {Groups})]
        [GlobalAvgPool, Flatten]
        public sealed partial class {name};
        """);

    /// <summary>Different shapes, the same ones for a seed on every machine.</summary>
    public static IReadOnlyList<ConvolutionShape> Draw(int count, int seed)
    {
        Random random = new(seed);
        HashSet<ConvolutionShape> drawn = [];
        List<ConvolutionShape> shapes = [];
        while (shapes.Count < count)
        {
            ConvolutionShape shape = Draw(random);
            if (shape.Fits && shape.MultiplyAdds <= MostMultiplyAdds && drawn.Add(shape))
                shapes.Add(shape);
        }

        return shapes;
    }

    private static ConvolutionShape Draw(Random random)
    {
        int channels = Length(random, UsualChannels, 512);
        int outputs = Length(random, UsualChannels, 512);
        int kernel = Kernels[random.Next(Kernels.Length)];
        int stride = random.Next(10) switch { < 7 => 1, < 9 => 2, _ => 3 };
        int dilation = kernel == 1 || random.Next(8) > 0 ? 1 : random.Next(2, 4);
        int groups = 1;
        switch (random.Next(10))
        {
            case < 2:
                (groups, outputs) = (channels, channels * (random.Next(5) == 0 ? 2 : 1));
                break;
            case 2:
                int[] divisors = [.. Enumerable.Range(2, channels).Where(divisor => channels % divisor == 0 && divisor < channels)];
                groups = divisors.Length == 0 ? 1 : divisors[random.Next(divisors.Length)];
                outputs = groups * Math.Max(1, outputs / groups);
                break;
        }

        int same = dilation * (kernel - 1) / 2;
        int padding = random.Next(4) > 0 ? same : random.Next(0, same + 1);
        return new ConvolutionShape(channels, Length(random, UsualSizes, 112), Math.Min(outputs, 1024), kernel, stride, padding, dilation, groups);
    }

    /// <summary>Half of them usual, half with every order of magnitude as often.</summary>
    private static int Length(Random random, int[] usual, int most) =>
        random.Next(2) == 0 ? usual[random.Next(usual.Length)] : (int)Math.Exp(random.NextDouble() * Math.Log(most + 1));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Channels}x{Size}x{Size} to {Outputs}, {Kernel}x{Kernel}, stride {Stride}, padding {Padding}, dilation {Dilation}, groups {Groups}");
}
