using Cnn;

[Network]
[Input(1, 28, 28)]
[Conv(6, 5, Padding = 2, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(16, 5, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Flatten]
[Linear(48, Bias = false), BatchNorm, ReLU]
[Linear(26)]
public sealed partial class LeNet;
