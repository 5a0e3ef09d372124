namespace Cnn.Zoo;

/// <summary>A pointwise convolution with its norm and SiLU: the first third of EfficientNet's blocks, where they expand.</summary>
[Block]
[Conv(Channels, 1, Bias = false), BatchNorm, SiLU]
public sealed class Expansion
{
    public const int Channels = 96;
}
