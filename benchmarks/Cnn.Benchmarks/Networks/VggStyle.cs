namespace Cnn.Benchmarks.Networks;

/// <summary>Pairs of 3x3 convolutions with BatchNorm on 32x32 images, 154 million multiply-adds.</summary>
[Network]
[Input(3, 32, 32)]
[Conv(64, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(64, 3, Padding = 1, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(128, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(128, 3, Padding = 1, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(256, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(256, 3, Padding = 1, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Flatten]
[Linear(256), ReLU]
[Linear(10)]
public sealed partial class VggStyle;
