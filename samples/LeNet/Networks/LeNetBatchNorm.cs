using Cnn;

namespace LeNetSample;

/// <summary>LeNet with batch normalisation; the layers before it need no bias, because it subtracts the mean.</summary>
[Network]
[Input(1, 28, 28)]
[Conv(20, 5, Padding = 2, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(50, 5, Padding = 2, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Flatten]
[Linear(500, Bias = false), BatchNorm, ReLU]
[Linear(10)]
public sealed partial class LeNetBatchNorm;
