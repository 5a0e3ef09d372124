namespace Cnn.Functional.Tests.Networks;

[Network]
[Input(1, 28, 28)]
[Conv(20, 5, Padding = 2), ReLU, MaxPool(2)]
[Conv(50, 5, Padding = 2), ReLU, MaxPool(2)]
[Flatten]
[Linear(500), ReLU]
[Linear(10)]
public sealed partial class LeNet;

[Network]
[Input(1, 28, 28)]
[Conv(20, 5, Padding = 2, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(50, 5, Padding = 2), BatchNorm, ReLU, MaxPool(2)]
[Flatten]
[Linear(120), BatchNorm, ReLU, Dropout(0.3)]
[Linear(10)]
public sealed partial class RegularizedLeNet;
