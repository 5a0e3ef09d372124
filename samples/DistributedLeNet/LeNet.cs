using Cnn;

namespace DistributedLeNetSample;

/// <summary>LeNet-5 with batch normalisation and dropout: what depends on how a batch is divided, and here does not.</summary>
[Network]
[Input(1, 28, 28)]
[Conv(20, 5, Padding = 2, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(50, 5), ReLU, MaxPool(2)]
[Flatten]
[Linear(200), ReLU, Dropout(0.3)]
[Linear(10)]
public sealed partial class LeNet;
