using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>Local response normalisation over neighbouring channels: y = x scale^-beta with scale = k + alpha / size · Σ x².</summary>
/// <remarks>
/// The sum runs over the channels from c - size / 2 to c + (size - 1) / 2 that exist, as in PyTorch. Maps are channels-last [positions][pitch]. The unit is a
/// position, whose pitch is a multiple of 8, so that the widest text is the 256-bit one. Source: Krizhevsky, Sutskever and Hinton, 2012, section 3.3.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LocalResponseNormKernels
{
    /// <summary>y = x scale^-beta.</summary>
    /// <param name="x">Input [positions][pitch]; padding lanes are not looked at by others.</param>
    /// <param name="y">Output [positions][pitch]; may be <paramref name="x"/>.</param>
    /// <param name="scratch">[pitch + size - 1].</param>
    /// <param name="positions">Positions of the map.</param>
    /// <param name="channels">Channels, at most <paramref name="pitch"/>.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="size">Channels of a window, at least 1.</param>
    /// <param name="alpha">Factor of the mean square.</param>
    /// <param name="beta">Exponent.</param>
    /// <param name="k">Summand.</param>
    public static void Forward(
        ref float x, ref float y, ref float scratch, nint positions, nint channels, nint pitch, nint size, float alpha, float beta, float k)
        => WidthLadder.RunNarrow(new LocalResponseForward(ref x, ref y, ref scratch, channels, pitch, size, alpha, beta, k), 0, positions);

    /// <summary>
    /// dx[c] = dy[c] scale[c]^-beta - 2 alpha / size · beta · x[c] Σ dy x scale^(-beta - 1), the sum over the channels whose windows hold c.
    /// </summary>
    /// <param name="dy">Gradient of the output [positions][pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="dx">Gradient of the input [positions][pitch], padding lanes 0; may be <paramref name="dy"/>.</param>
    /// <param name="scratch">[2 · (pitch + size - 1)].</param>
    /// <param name="positions">Positions of the map.</param>
    /// <param name="channels">Channels, at most <paramref name="pitch"/>.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="size">Channels of a window, at least 1.</param>
    /// <param name="alpha">Factor of the mean square.</param>
    /// <param name="beta">Exponent.</param>
    /// <param name="k">Summand.</param>
    public static void Backward(
        ref float dy, ref float x, ref float dx, ref float scratch, nint positions, nint channels, nint pitch, nint size, float alpha, float beta, float k)
        => WidthLadder.RunNarrow(new LocalResponseBackward(ref dy, ref x, ref dx, ref scratch, channels, pitch, size, alpha, beta, k), 0, positions);
}
