namespace Cnn.Zoo;

/// <summary>Two stages of ResNet's blocks in three dimensions, for 4 frames of 16x16.</summary>
[Network, Input(3, 4, 16, 16)]
[Conv(8, 3, 7, 7, Strides = [1, 2, 2], Paddings = [1, 3, 3], Bias = false), BatchNorm, ReLU]
[Block<BasicBlock>(8), Block<BasicBlock>(16, 2)]
[GlobalAvgPool, Flatten, Linear(10)]
public sealed partial class SmallVideoNet;
