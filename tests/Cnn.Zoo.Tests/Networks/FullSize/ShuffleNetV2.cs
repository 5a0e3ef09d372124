namespace Cnn.Zoo;

/// <summary>Ma et al., arXiv 1807.11164, table 5, of the width 1.</summary>
[Network, Input(3, 224, 224)]
[Conv(24, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, ReLU, MaxPool(3, Stride = 2, Padding = 1)]
[Block<ShuffleDown>(116), Block<ShuffleUnit>(Repeat = 3)]
[Block<ShuffleDown>(232), Block<ShuffleUnit>(Repeat = 7)]
[Block<ShuffleDown>(464), Block<ShuffleUnit>(Repeat = 3)]
[Conv(1024, 1, Bias = false), BatchNorm, ReLU]
[GlobalAvgPool, Flatten, Linear(1000)]
public sealed partial class ShuffleNetV2;
