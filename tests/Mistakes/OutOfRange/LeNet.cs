using Cnn;

[Network]
[Input(1, 28, 28)]
[Conv(20, 5, Padding = 2), ReLU, MaxPool(2)]
[Conv(50, 5, Padding = 2), ReLU, MaxPool(2)]
[Flatten]
[Linear(500), ReLU]
[Dropout(1.5)]
[Linear(10)]
public sealed partial class LeNet;
