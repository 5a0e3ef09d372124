using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>Pooling over all positions of one channels-last image.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GlobalPool
{
    /// <summary>y[c] = Σ_p x[p][c] / positions.</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="y">Output [pitch].</param>
    /// <param name="positions">Positions of the image, at least 1.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void AverageForward(ref float x, ref float y, nint positions, nint pitch)
        => WidthLadder.RunColumns(new ColumnSum(ref x, positions, pitch, positions, ref y), pitch);

    /// <summary>dx[p][c] = dy[c] / positions.</summary>
    /// <param name="dy">Gradient of the output [pitch].</param>
    /// <param name="dx">Gradient of the input [positions][pitch], overwritten.</param>
    /// <param name="positions">Positions of the image, at least 1.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void AverageBackward(ref float dy, ref float dx, nint positions, nint pitch)
        => WidthLadder.RunColumns(new ChannelBroadcast(ref dy, positions, ref dx, positions, pitch), pitch);

    /// <summary>y[c] = max_p x[p][c]; NaN where one is NaN.</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="y">Output [pitch].</param>
    /// <param name="positions">Positions of the image, at least 1.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void MaxForward(ref float x, ref float y, nint positions, nint pitch)
        => WidthLadder.RunColumns(new ColumnMax(ref x, ref y, positions, pitch), pitch);

    /// <summary>dx[p][c] = dy[c] at the first position with the largest x, else 0.</summary>
    /// <param name="dy">Gradient of the output [pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="dx">Gradient of the input [positions][pitch], overwritten.</param>
    /// <param name="positions">Positions of the image, at least 1.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void MaxBackward(ref float dy, ref float x, ref float dx, nint positions, nint pitch)
        => WidthLadder.RunColumns(new ColumnMaxBackward(ref dy, ref x, ref dx, positions, pitch), pitch);
}
