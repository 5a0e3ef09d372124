using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>Softmax over the channels of each position of a channels-last map [positions][pitch].</summary>
/// <remarks>
/// The reduction runs across lanes, so it has one shape for all sets: eight sums, for the eight remainders of the channel by 8, are combined as
/// ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)). The widest text is therefore the 256-bit one.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxKernels
{
    /// <summary>y = exp(x - m) / Σ exp(x - m) or, as logarithm, (x - m) - ln Σ exp(x - m), with m the largest x of the position.</summary>
    /// <param name="x">Input [positions][pitch]; padding lanes are not looked at.</param>
    /// <param name="y">Output [positions][pitch], padding lanes 0; may be <paramref name="x"/>. A NaN or +∞ in a position makes all of it NaN.</param>
    /// <param name="positions">Positions of the map.</param>
    /// <param name="channels">Channels, at least 1 and at most <paramref name="pitch"/>.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="logarithm">True for the logarithm of the softmax.</param>
    public static void Forward(ref float x, ref float y, nint positions, nint channels, nint pitch, bool logarithm)
        => WidthLadder.RunNarrow(new SoftmaxForward(ref x, ref y, channels, pitch, logarithm), 0, positions);

    /// <summary>dx = y (dy - Σ dy y) or, for the logarithm, dy - exp(y) Σ dy, the sums over the channels of the position.</summary>
    /// <param name="dy">Gradient of the output [positions][pitch]; padding lanes are not looked at.</param>
    /// <param name="y">Output of <see cref="Forward"/> [positions][pitch].</param>
    /// <param name="dx">Gradient of the input [positions][pitch], padding lanes 0; may be <paramref name="dy"/>.</param>
    /// <param name="positions">Positions of the map.</param>
    /// <param name="channels">Channels, at least 1 and at most <paramref name="pitch"/>.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="logarithm">True for the logarithm of the softmax.</param>
    public static void Backward(ref float dy, ref float y, ref float dx, nint positions, nint channels, nint pitch, bool logarithm)
        => WidthLadder.RunNarrow(new SoftmaxBackward(ref dy, ref y, ref dx, channels, pitch, logarithm), 0, positions);
}
