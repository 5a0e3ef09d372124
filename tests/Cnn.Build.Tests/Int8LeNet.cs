namespace Cnn.Build.Tests;

/// <summary>The network of samples/EmbeddedLeNet, with weights of 8 bits in this project.</summary>
[Network]
[Input(1, 28, 28)]
[Conv(6, 5, Padding = 2, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(16, 5, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Flatten]
[Linear(48, Bias = false), BatchNorm, ReLU]
[Linear(10)]
public sealed partial class Int8LeNet;
