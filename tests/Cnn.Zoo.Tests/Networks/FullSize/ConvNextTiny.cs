namespace Cnn.Zoo;

/// <summary>Liu et al., arXiv 2201.03545, section 3: 3, 3, 9 and 3 blocks.</summary>
[Network, Input(3, 224, 224)]
[Conv(96, 4, Stride = 4), LayerNorm(ChannelsOnly = true, Epsilon = 1e-6)]
[Block<ConvNextBlock>(0, Repeat = 3), Block<ConvNextDown>]
[Block<ConvNextBlock>(3, Repeat = 3), Block<ConvNextDown>]
[Block<ConvNextBlock>(6, Repeat = 9), Block<ConvNextDown>]
[Block<ConvNextBlock>(15, Repeat = 3)]
[GlobalAvgPool, LayerNorm(ChannelsOnly = true, Epsilon = 1e-6), Flatten, Linear(1000)]
public sealed partial class ConvNextTiny;
