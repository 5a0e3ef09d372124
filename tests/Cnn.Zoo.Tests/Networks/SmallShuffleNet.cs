namespace Cnn.Zoo;

/// <summary>Two stages of ShuffleNetV2's units, for images of 32x32.</summary>
[Network, Input(3, 32, 32)]
[Conv(8, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, ReLU]
[Block<ShuffleDown>(20), Block<ShuffleUnit>(Repeat = 2)]
[Block<ShuffleDown>(36), Block<ShuffleUnit>]
[GlobalAvgPool, Flatten, Linear(10)]
public sealed partial class SmallShuffleNet;
