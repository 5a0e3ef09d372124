namespace Cnn.Generator.Planning;

/// <summary>Which rows of its input an output row of a convolution sees.</summary>
/// <param name="Reach">How many, from the first tap to the last.</param>
/// <param name="Stride">From one output to the next.</param>
/// <param name="Padding">Before the first of the input.</param>
public sealed record RowWindow(int Reach, int Stride, int Padding)
{
    /// <summary>Whether one output sees rows that the one before it saw too.</summary>
    public bool Overlaps => Stride < Reach;

    /// <summary>Whether there are rows that no output sees.</summary>
    public bool Skips => Stride > Reach;

    public static RowWindow Of(ConvolutionGeometry conv) => new(
        ((conv.Window.Kernel[0] - 1) * conv.Window.Dilation[0]) + 1, conv.Window.Stride[0], conv.Window.PaddingBegin[0]);
}
