using Cnn;

namespace LeNetSample;

/// <summary>Pairs of 3x3 convolutions with batch normalisation, and the mean of each channel at the end: 130,000 parameters.</summary>
[Network]
[Input(1, 28, 28)]
[Conv(24, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(24, 3, Padding = 1, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(48, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(48, 3, Padding = 1, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(80, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(80, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[GlobalAvgPool, Flatten]
[Linear(10)]
public sealed partial class SmallNetwork;
