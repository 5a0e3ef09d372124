using Cnn;

[Block]
[Conv(Channels | 32, 3, Padding = 1), ReLU]
[Residual]
public sealed class Part
{
    public const int Channels = 20;
}

[Network]
[Input(1, 28, 28)]
[Conv(20, 5, Padding = 2), ReLU, MaxPool(2)]
[Block<Part>]
[Flatten]
[Linear(500), ReLU]
[Linear(10)]
public sealed partial class LeNet;
