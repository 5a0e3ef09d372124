using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>
/// Products of two channels-last maps along one row, in which an operand may be repeated over the positions, over the channels, or over both.
/// </summary>
/// <remarks>A step of 0 repeats an operand over the positions of the row; an operand with one channel is repeated over all of them.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Products
{
    /// <summary>y[p][c] = a[p][c] b[p][c].</summary>
    /// <param name="a">First factor.</param>
    /// <param name="aStep">Floats from one position of it to the next, or 0.</param>
    /// <param name="aHasOneChannel">Whether it has one channel.</param>
    /// <param name="b">Second factor.</param>
    /// <param name="bStep">Floats from one position of it to the next, or 0.</param>
    /// <param name="bHasOneChannel">Whether it has one channel.</param>
    /// <param name="y">Product [positions][pitch]; may be a factor that is not repeated.</param>
    /// <param name="positions">Positions of the row.</param>
    /// <param name="pitch">Floats of one position of the product, a multiple of 8.</param>
    public static void Multiply(
        ref float a, nint aStep, bool aHasOneChannel, ref float b, nint bStep, bool bHasOneChannel, ref float y, nint positions, nint pitch)
        => WidthLadder.RunColumns(
            new RowProduct(new Factor(ref a, aStep, aHasOneChannel), new Factor(ref b, bStep, bHasOneChannel), ref y, positions, pitch), pitch);

    /// <summary>dx += dy[p][c] other[p][c], summed over what dx is repeated for in the row: the gradient of a repeated factor.</summary>
    /// <param name="dy">Gradient of the product [positions][pitch].</param>
    /// <param name="other">The other factor.</param>
    /// <param name="otherStep">Floats from one position of it to the next, or 0.</param>
    /// <param name="otherHasOneChannel">Whether it has one channel.</param>
    /// <param name="dx">Gradient of the factor, added to.</param>
    /// <param name="dxStep">Floats from one position of it to the next, or 0.</param>
    /// <param name="dxHasOneChannel">Whether it has one channel.</param>
    /// <param name="positions">Positions of the row.</param>
    /// <param name="channels">Channels of the product.</param>
    /// <param name="pitch">Floats of one position of the product, a multiple of 8.</param>
    /// <remarks>
    /// Positions are added in their order. Channels are added as eight sums, for the remainders of the channel by 8, combined as in
    /// <see cref="SoftmaxKernels"/>.
    /// </remarks>
    public static void AddSums(
        ref float dy, ref float other, nint otherStep, bool otherHasOneChannel, ref float dx, nint dxStep, bool dxHasOneChannel,
        nint positions, nint channels, nint pitch)
    {
        Factor factor = new(ref other, otherStep, otherHasOneChannel);
        if (dxHasOneChannel)
            WidthLadder.RunNarrow(new ProductChannelSums(ref dy, factor, ref dx, dxStep, channels, pitch), 0, positions);
        else
            WidthLadder.RunColumns(new ProductPositionSums(ref dy, factor, ref dx, dxStep, positions, pitch), pitch);
    }
}
