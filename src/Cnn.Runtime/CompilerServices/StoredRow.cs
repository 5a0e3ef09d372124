using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>A lone row times weights in fewer bits, which become floats on their way into the sums.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StoredRow
{
    /// <summary>y = epilogue(bias + x w) for a block of lanes, where the weight is kept in fewer bits.</summary>
    /// <param name="weights">The layer's weight.</param>
    /// <param name="offset">The element at which the block starts.</param>
    /// <param name="x">The row: numbers in runs.</param>
    /// <param name="bias">One a lane.</param>
    /// <param name="y">One a lane.</param>
    /// <param name="runs">How many runs.</param>
    /// <param name="stride">From the start of one run to the next.</param>
    /// <param name="length">Numbers of a run.</param>
    /// <param name="epilogue">What is done to the sums, without a residual.</param>
    /// <returns>False for floats, for which a network has a kernel of its own: nothing is done then.</returns>
    public static bool TryRun<TEpilogue>(
        Weights weights, int offset, ref float x, ref float bias, ref float y, int runs, int stride, int length, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        if (weights.Stored(out int start) is not { } stored)
            return false;
        stored.Multiply(start + offset, ref x, (runs, stride, length), ref bias, ref y, epilogue);
        return true;
    }
}
