using Cnn;

[Network]
[Input(1, 28, 28, Name = "image")]
[Conv(20, 5, Padding = 2), ReLU, MaxPool(2)]
[Conv(50, 5, Padding = 2), ReLU, MaxPool(2)]
[Flatten]
[Input(4)]
[Linear(500, From = "flatten1"), ReLU, Concat("input2")]
[Linear(10)]
public sealed partial class LeNet;
