using Cnn;

namespace UNetSample;

/// <summary>Two 3x3 convolutions with norms: a step of a U-Net.</summary>
[Block]
[Conv(Channels, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(Channels, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
public sealed class ConvPair
{
    /// <summary>Of both convolutions.</summary>
    public const int Channels = 16;
}

/// <summary>Down to a quarter of the size and up again, with what was seen at each size on the way (Ronneberger et al., arXiv 1505.04597).</summary>
[Network, Input(1, 48, 48)]
[Block<ConvPair>(16, Name = "whole"), MaxPool(2)]
[Block<ConvPair>(32, Name = "half"), MaxPool(2)]
[Block<ConvPair>(64), ConvTranspose(32, 2, Stride = 2)]
[Concat("half"), Block<ConvPair>(32), ConvTranspose(16, 2, Stride = 2)]
[Concat("whole"), Block<ConvPair>(16), Conv(4, 1)]
public sealed partial class ShapeUNet;
