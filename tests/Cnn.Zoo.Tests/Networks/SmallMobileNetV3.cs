namespace Cnn.Zoo;

/// <summary>Both kinds of MobileNetV3's blocks, for images of 32x32.</summary>
[Network, Input(3, 32, 32)]
[Conv(8, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), HardSwish]
[Block<PlainBottleneckV3>(16, 8, 2), Block<PlainBottleneckV3>(24, 8)]
[Block<BottleneckV3>(24, 12, 2), Block<BottleneckV3>(40, 12)]
[GlobalAvgPool, Flatten, Linear(32), HardSwish, Dropout(0.2), Linear(10)]
public sealed partial class SmallMobileNetV3;
