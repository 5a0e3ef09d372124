using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>Resizing of channels-last maps along one axis, by a table of weights.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AxisResampling
{
    /// <summary>y[o] = Σ weights[t] x[indices[t]] for t from starts[o] up to, not including, starts[o + 1]; runs of floats each.</summary>
    /// <param name="x">Input: runs along the axis.</param>
    /// <param name="xStep">Floats from one index of the axis to the next.</param>
    /// <param name="y">Output: runs along the axis.</param>
    /// <param name="yStep">Floats from one index of the axis to the next.</param>
    /// <param name="starts">Where the terms of each output begin, and where the last ones end.</param>
    /// <param name="indices">The input's index of each term.</param>
    /// <param name="weights">The weight of each term.</param>
    /// <param name="run">Floats of a run, a multiple of 8.</param>
    public static void Run(
        ref float x, nint xStep, ref float y, nint yStep, ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ref float weights, nint run)
        => WidthLadder.Run(new AxisSums(ref x, xStep, ref y, yStep, starts, indices, ref weights), run);
}
