namespace Cnn.Zoo;

/// <summary>What every level of a U-Net does (Ronneberger et al., arXiv 1505.04597).</summary>
[Block]
[Conv(Channels, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(Channels, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
public sealed class DoubleConv
{
    public const int Channels = 64;
}
