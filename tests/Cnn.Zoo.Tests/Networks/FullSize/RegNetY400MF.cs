namespace Cnn.Zoo;

/// <summary>Radosavovic et al., arXiv 2003.13678, table 4.</summary>
[Network, Input(3, 224, 224)]
[Conv(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, ReLU]
[Block<RegNetBlock>(48, 2)]
[Block<RegNetBlock>(104, 2, Repeat = 3)]
[Block<RegNetBlock>(208, 2, Repeat = 6)]
[Block<RegNetBlock>(440, 2, Repeat = 6)]
[GlobalAvgPool, Flatten, Linear(1000)]
public sealed partial class RegNetY400MF;
