using Cnn;

namespace SensorSample;

/// <summary>Three axes of an accelerometer, 128 samples of each, to four kinds of motion.</summary>
[Network, Input(3, 128)]
[Conv(16, 7, Padding = 3, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(32, 5, Padding = 2, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(64, 3, Padding = 1, Bias = false), BatchNorm, ReLU, GlobalAvgPool]
[Flatten, Dropout(0.2), Linear(4)]
public sealed partial class MotionNetwork;
