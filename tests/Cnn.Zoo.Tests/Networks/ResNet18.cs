namespace Cnn.Zoo;

/// <summary>He et al., arXiv 1512.03385, table 1.</summary>
[Network, Input(3, 224, 224)]
[Conv(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm, ReLU, MaxPool(3, Stride = 2, Padding = 1)]
[Block<BasicBlock>(64, Repeat = 2)]
[Block<BasicBlock>(128, 2, Repeat = 2)]
[Block<BasicBlock>(256, 2, Repeat = 2)]
[Block<BasicBlock>(512, 2, Repeat = 2)]
[GlobalAvgPool, Flatten, Linear(1000)]
public sealed partial class ResNet18;
