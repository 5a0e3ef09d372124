namespace Cnn;

/// <summary>The extents of a batch of outputs in NCHW order.</summary>
/// <param name="Images">The number of images.</param>
/// <param name="Channels">The channels of an output: the classes, where there are labels.</param>
/// <param name="Positions">The positions of a channel; 1 without spatial axes.</param>
internal readonly record struct LossBatch(int Images, int Channels, int Positions)
{
    /// <summary>The floats of one image.</summary>
    public int ImageLength => Channels * Positions;
}
