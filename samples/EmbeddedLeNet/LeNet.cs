using Cnn;

namespace EmbeddedLeNet;

/// <summary>LeNet-5 (LeCun et al., 1998) with batch normalisation and a narrower hidden layer: 22,380 trainable parameters, small enough to be in the repository.</summary>
[Network]
[Input(1, 28, 28)]
[Conv(6, 5, Padding = 2, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(16, 5, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Flatten]
[Linear(48, Bias = false), BatchNorm, ReLU]
[Linear(10)]
public sealed partial class LeNet;
