namespace Cnn.Zoo;

/// <summary>A convolution of each position by itself.</summary>
[Block, Conv(Channels, 1)]
public sealed class Pointwise
{
    public const int Channels = 25;
}
