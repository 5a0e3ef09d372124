namespace Cnn.Zoo;

/// <summary>Halves lengths between ConvNeXt's stages (Liu et al., arXiv 2201.03545, section 2.6).</summary>
[Block]
[LayerNorm(ChannelsOnly = true, Epsilon = 1e-6), Conv(2 * In, 2, Stride = 2)]
public sealed class ConvNextDown
{
    [InputChannels] public const int In = 96;
}
