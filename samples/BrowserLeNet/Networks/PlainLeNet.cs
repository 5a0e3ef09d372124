using Cnn;

namespace BrowserLeNet;

/// <summary>LeNet without batch normalisation, layer by layer the same otherwise: what the norm does is the difference between the two.</summary>
[Network]
[Input(1, 28, 28)]
[Conv(6, 5, Padding = 2), ReLU, MaxPool(2)]
[Conv(16, 5), ReLU, MaxPool(2)]
[Flatten]
[Linear(48), ReLU]
[Linear(10)]
public sealed partial class PlainLeNet;
