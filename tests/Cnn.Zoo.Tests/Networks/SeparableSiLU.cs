namespace Cnn.Zoo;

/// <summary>YOLOX's DWConv: each channel by itself, then all together.</summary>
[Block]
[Block<ConvSiLU>(In, 3, Stride, In), Block<ConvSiLU>(Channels)]
public sealed class SeparableSiLU
{
    [InputChannels] public const int In = 16;
    public const int Channels = 32, Stride = 1;
}
