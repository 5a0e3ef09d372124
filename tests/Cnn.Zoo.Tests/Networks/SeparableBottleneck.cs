namespace Cnn.Zoo;

/// <summary>YOLOX's Bottleneck, depthwise.</summary>
[Block]
[Block<ConvSiLU>(In), Block<SeparableSiLU>(In)]
public sealed class SeparableBottleneck
{
    [InputChannels] public const int In = 16;
}
