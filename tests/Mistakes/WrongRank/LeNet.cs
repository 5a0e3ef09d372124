using Cnn;

[Network]
[Input(784)]
[Conv(20, 5, Padding = 2), ReLU, MaxPool(2)]
[Conv(50, 5, Padding = 2), ReLU, MaxPool(2)]
[Flatten]
[Linear(500), ReLU]
[Linear(10)]
public sealed partial class LeNet;
