namespace Cnn.Zoo;

/// <summary>Two stages of RegNetY's blocks, for images of 32x32.</summary>
[Network, Input(3, 32, 32)]
[Conv(16, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, ReLU]
[Block<RegNetBlock>(16, 2), Block<RegNetBlock>(24, 2, Repeat = 2)]
[GlobalAvgPool, Flatten, Linear(10)]
public sealed partial class SmallRegNet;
