namespace Cnn.Zoo;

/// <summary>Two stages of ConvNeXt's blocks, for images of 32x32.</summary>
[Network, Input(3, 32, 32)]
[Conv(8, 4, Stride = 4), LayerNorm(ChannelsOnly = true, Epsilon = 1e-6)]
[Block<ConvNextBlock>(0, 3, Repeat = 2), Block<ConvNextDown>, Block<ConvNextBlock>(2, 3)]
[GlobalAvgPool, LayerNorm(ChannelsOnly = true, Epsilon = 1e-6), Flatten, Linear(10)]
public sealed partial class SmallConvNext;
