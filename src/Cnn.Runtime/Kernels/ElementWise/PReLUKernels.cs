using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The rectifier with learned slopes on channels-last maps [positions][pitch]: y = x for positive x, slope x for others.</summary>
/// <remarks>A slope may become negative, so that the output does not tell the sign of the input. Source: He et al., arXiv 1502.01852.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PReLUKernels
{
    /// <summary>y = x for positive x, slope x for others.</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="slope">[pitch] where there is one a channel, else [1].</param>
    /// <param name="y">Output [positions][pitch]; may be <paramref name="x"/>.</param>
    /// <param name="positions">Positions of the map.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="perChannel">Whether each channel has a slope of its own.</param>
    public static void Forward(ref float x, ref float slope, ref float y, nint positions, nint pitch, bool perChannel)
        => WidthLadder.RunColumns(new PReLUApply(ref x, ref x, ref slope, ref y, positions, pitch, perChannel), pitch);

    /// <summary>dx = dy for positive x, slope dy for others.</summary>
    /// <param name="dy">Gradient of the output [positions][pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="slope">[pitch] where there is one a channel, else [1].</param>
    /// <param name="dx">Gradient of the input [positions][pitch], overwritten; may be <paramref name="dy"/>.</param>
    /// <param name="positions">Positions of the map.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="perChannel">Whether each channel has a slope of its own.</param>
    public static void Backward(ref float dy, ref float x, ref float slope, ref float dx, nint positions, nint pitch, bool perChannel)
        => WidthLadder.RunColumns(new PReLUApply(ref x, ref dy, ref slope, ref dx, positions, pitch, perChannel), pitch);

    /// <summary>sums[c] = Σ dy x over the positions of one image where x is not positive.</summary>
    /// <param name="dy">Gradient of the output [positions][pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="positions">Positions of the map.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="sums">Output [pitch].</param>
    public static void SlopeSums(ref float dy, ref float x, nint positions, nint pitch, ref float sums)
        => WidthLadder.RunColumns(new PReLUSlopeSum(ref dy, ref x, positions, pitch, ref sums), pitch);

    /// <summary>The gradient of the one slope of all channels: the images' sums, in the order of images and channels, in double.</summary>
    /// <param name="sums">Sums of each image [images][pitch].</param>
    /// <param name="images">Images of the batch.</param>
    /// <param name="channels">Channels, at most <paramref name="pitch"/>.</param>
    /// <param name="pitch">Floats of one row.</param>
    /// <param name="gradient">Output [1].</param>
    public static void SharedSlopeGradient(ref float sums, nint images, nint channels, nint pitch, ref float gradient)
    {
        double total = 0;
        for (nint n = 0; n < images; n++)
            total += ChannelSums.Sum(ref Unsafe.Add(ref sums, n * pitch), channels);
        gradient = (float)total;
    }
}
