namespace Cnn.Zoo;

/// <summary>For CIFAR-10 (He et al., arXiv 1512.03385, section 4.2), with projections where the shape changes.</summary>
[Network, Input(3, 32, 32)]
[Conv(16, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[Block<BasicBlock>(16, Repeat = 3)]
[Block<BasicBlock>(32, 2, Repeat = 3)]
[Block<BasicBlock>(64, 2, Repeat = 3)]
[GlobalAvgPool, Flatten, Linear(10)]
public sealed partial class ResNet20;
