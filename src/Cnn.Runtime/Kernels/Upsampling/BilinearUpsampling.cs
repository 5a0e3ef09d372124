using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>Bilinear enlargement of channels-last maps of two axes by a whole factor, with half-pixel centres (PyTorch's align_corners = false).</summary>
/// <remarks>
/// Output o stands at (o + ½) / scale - ½ of the input, not below 0, between the elements i and i + 1 (the last one is repeated). Rows may have a border
/// around them: their strides are given.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BilinearUpsampling
{
    /// <summary>y = weighted mean of the four elements of x around each output.</summary>
    /// <param name="x">Input [height][width][pitch].</param>
    /// <param name="y">Output [height · scale][width · scale][pitch].</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="scale">Factor of both axes, at least 1.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="xRow">Floats from one row of the input to the next.</param>
    /// <param name="yRow">Floats from one row of the output to the next.</param>
    public static void Forward(ref float x, ref float y, nint height, nint width, nint scale, nint pitch, nint xRow, nint yRow)
        => WidthLadder.RunColumns(new BilinearForward(ref x, ref y, height, width, scale, pitch, xRow, yRow), pitch);

    /// <summary>dx += the share of each dy that the elements of x have in its output.</summary>
    /// <param name="dy">Gradient of the output [height · scale][width · scale][pitch].</param>
    /// <param name="dx">Gradient of the input [height][width][pitch], cleared before.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="scale">Factor of both axes, at least 1.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="dyRow">Floats from one row of the output's gradient to the next.</param>
    /// <param name="dxRow">Floats from one row of the input's gradient to the next.</param>
    public static void Backward(ref float dy, ref float dx, nint height, nint width, nint scale, nint pitch, nint dyRow, nint dxRow)
        => WidthLadder.RunColumns(new BilinearBackward(ref dy, ref dx, height, width, scale, pitch, dyRow, dxRow), pitch);
}
