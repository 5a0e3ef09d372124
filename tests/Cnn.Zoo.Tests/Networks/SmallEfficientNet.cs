namespace Cnn.Zoo;

/// <summary>Three stages of EfficientNet's blocks, for images of 32x32.</summary>
[Network, Input(3, 32, 32)]
[Conv(8, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, SiLU]
[Block<MobileConv>(8, 3, 1, 0, 1, 5)]
[Block<MobileConv>(12, 3, 2, 1, 4, 5, Repeat = 2)]
[Block<MobileConv>(16, 5, 2, 3, 4, 5, Repeat = 2)]
[GlobalAvgPool, Flatten, Linear(10)]
public sealed partial class SmallEfficientNet;
