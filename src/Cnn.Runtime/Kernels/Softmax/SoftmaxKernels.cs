using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Softmax over the channels of each position of a channels-last map [positions][pitch].</summary>
/// <remarks>
/// The reduction runs across lanes, so it has one shape for all sets: eight sums, for the eight remainders of the channel by 8, are combined as
/// ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)). The widest text is therefore the 256-bit one. Up to 8 channels go by way of planes, with positions in the lanes.
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
    {
        if (pitch == EightLanes.Count)
            ForwardOfFew(ref x, ref y, positions, channels, logarithm);
        else
            WidthLadder.RunNarrow(new SoftmaxForward(ref x, ref y, channels, pitch, logarithm), 0, positions);
    }

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

    /// <summary>The same along another axis than the channels: y[i] from all x[i] of a lane, for each of a number of neighbouring floats.</summary>
    /// <remarks>Lanes are independent, and the sum of each goes along the axis in its order, so every set gives the same bits.</remarks>
    /// <param name="x">Input [length][xStride], of which the first <paramref name="lanes"/> floats are read; padding lanes are like all others.</param>
    /// <param name="xStride">Floats from one element along the axis to the next.</param>
    /// <param name="y">Output [length][yStride]; may not overlap <paramref name="x"/>. A NaN or +∞ in a lane makes all of it NaN.</param>
    /// <param name="yStride">Floats from one element along the axis to the next.</param>
    /// <param name="length">Elements along the axis, at least 1.</param>
    /// <param name="lanes">Neighbouring floats, a multiple of 8.</param>
    /// <param name="logarithm">True for the logarithm of the softmax.</param>
    public static void ForwardAlong(ref float x, nint xStride, ref float y, nint yStride, nint length, nint lanes, bool logarithm)
        => WidthLadder.Run(new SoftmaxForwardAlong(ref x, xStride, ref y, yStride, length, logarithm), lanes);

    /// <summary>The gradient of <see cref="ForwardAlong"/>: dx = y (dy - Σ dy y) or, for the logarithm, dy - exp(y) Σ dy, the sums along the axis.</summary>
    /// <param name="dy">Gradient of the output [length][dyStride].</param>
    /// <param name="dyStride">Floats from one element along the axis to the next.</param>
    /// <param name="y">Output of <see cref="ForwardAlong"/> [length][yStride].</param>
    /// <param name="yStride">Floats from one element along the axis to the next.</param>
    /// <param name="dx">Gradient of the input [length][dxStride]; may not overlap the others.</param>
    /// <param name="dxStride">Floats from one element along the axis to the next.</param>
    /// <param name="length">Elements along the axis, at least 1.</param>
    /// <param name="lanes">Neighbouring floats, a multiple of 8.</param>
    /// <param name="logarithm">True for the logarithm of the softmax.</param>
    public static void BackwardAlong(
        ref float dy, nint dyStride, ref float y, nint yStride, ref float dx, nint dxStride, nint length, nint lanes, bool logarithm)
        => WidthLadder.Run(new SoftmaxBackwardAlong(ref dy, dyStride, ref y, yStride, ref dx, dxStride, length, logarithm), lanes);

    /// <summary>Positions at a time: their planes stay in the first-level cache.</summary>
    private const int PlaneLength = 64;

    private static void ForwardOfFew(ref float x, ref float y, nint positions, nint channels, bool logarithm)
    {
        const int Pitch = EightLanes.Count;
        Span<float> planes = stackalloc float[Pitch * PlaneLength];
        planes.Clear();
        ref float plane = ref planes[0];
        for (nint p = 0; p < positions; p += PlaneLength)
        {
            nint count = nint.Min(PlaneLength, positions - p);
            Packing.TransposeBlock(ref Unsafe.Add(ref x, p * Pitch), Pitch, ref plane, PlaneLength, count, channels);
            // Lanes behind the positions hold what they held before.
            nint lanes = (count + Pitch - 1) / Pitch * Pitch;
            WidthLadder.Run(new SoftmaxForwardAlong(ref plane, PlaneLength, ref plane, PlaneLength, channels, logarithm), lanes);
            Packing.TransposeBlock(ref plane, PlaneLength, ref Unsafe.Add(ref y, p * Pitch), Pitch, Pitch, count);
        }
    }
}
