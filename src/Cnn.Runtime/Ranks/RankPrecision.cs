namespace Cnn;

/// <summary>How the gradients of ranks travel between them.</summary>
public enum RankPrecision
{
    /// <summary>As they are: the sums have the bits of one process.</summary>
    Float32,

    /// <summary>
    /// Rounded to the upper 16 bits of a float, to nearest: half the bytes, and sums that depend on the number of ranks. All ranks have the same.
    /// </summary>
    BFloat16,
}
