using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>
/// The matrix-like kernel of convolutions and linear layers for any shape: a tenth as fast as those that are generated for one, with the same bits.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Contractions
{
    /// <summary>c[rows][lane] = start[lane] + the sum over the reduction of a[rows][reduction] b[reduction][lane], added in the order of the axes.</summary>
    /// <param name="a">Read as scalars, or as vectors along the lanes.</param>
    /// <param name="b">Read as vectors.</param>
    /// <param name="start">One number a lane.</param>
    /// <param name="c">The sums; may not overlap the others.</param>
    /// <param name="rows">
    /// Three numbers an axis, outermost first: its length, and the floats of <paramref name="a"/> and of <paramref name="c"/> from one index to the
    /// next.
    /// </param>
    /// <param name="reduction">
    /// Three numbers an axis, outermost first: its length, and the floats of <paramref name="a"/> and of <paramref name="b"/> from one index to the
    /// next.
    /// </param>
    /// <param name="lanes">A multiple of 8.</param>
    /// <param name="stored">The lanes that are written, from the first; those behind are left as they are.</param>
    /// <param name="aHasLanes">Whether <paramref name="a"/> has a number for each lane: a depthwise convolution.</param>
    public static void Run(
        ref float a, ref float b, ref float start, ref float c, ReadOnlySpan<int> rows, ReadOnlySpan<int> reduction, int lanes, int stored, bool aHasLanes)
        => WidthLadder.Run(new AnyContraction(ref a, ref b, ref start, ref c, rows, reduction, stored, aHasLanes), lanes);
}
