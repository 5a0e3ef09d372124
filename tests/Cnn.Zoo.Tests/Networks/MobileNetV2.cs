namespace Cnn.Zoo;

/// <summary>Sandler et al., arXiv 1801.04381, table 2; the first bottleneck expands nothing.</summary>
[Network, Input(3, 224, 224)]
[Conv(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, ReLU6]
[Conv(32, 3, Padding = 1, Groups = 32, Bias = false), BatchNorm, ReLU6, Conv(16, 1, Bias = false), BatchNorm]
[Block<InvertedResidual>(24, 2, Repeat = 2)]
[Block<InvertedResidual>(32, 2, Repeat = 3)]
[Block<InvertedResidual>(64, 2, Repeat = 4)]
[Block<InvertedResidual>(96, 1, Repeat = 3)]
[Block<InvertedResidual>(160, 2, Repeat = 3)]
[Block<InvertedResidual>(320)]
[Conv(1280, 1, Bias = false), BatchNorm, ReLU6]
[GlobalAvgPool, Flatten, Dropout(0.2), Linear(1000)]
public sealed partial class MobileNetV2;
