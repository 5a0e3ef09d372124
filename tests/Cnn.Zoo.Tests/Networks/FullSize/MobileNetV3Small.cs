namespace Cnn.Zoo;

/// <summary>Howard et al., arXiv 1905.02244, table 2, as torchvision has it.</summary>
[Network, Input(3, 224, 224)]
[Conv(16, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), HardSwish]
[Conv(16, 3, Stride = 2, Padding = 1, Groups = 16, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), ReLU]
[Block<SqueezeExcitation>, Conv(16, 1, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.01)]
[Block<PlainBottleneckV3>(72, 24, 2), Block<PlainBottleneckV3>(88, 24)]
[Block<BottleneckV3>(96, 40, 2), Block<BottleneckV3>(240, 40, Repeat = 2)]
[Block<BottleneckV3>(120, 48), Block<BottleneckV3>(144, 48)]
[Block<BottleneckV3>(288, 96, 2), Block<BottleneckV3>(576, 96, Repeat = 2)]
[Conv(576, 1, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), HardSwish]
[GlobalAvgPool, Flatten, Linear(1024), HardSwish, Dropout(0.2), Linear(1000)]
public sealed partial class MobileNetV3Small;
