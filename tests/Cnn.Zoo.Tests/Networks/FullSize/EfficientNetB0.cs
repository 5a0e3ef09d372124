namespace Cnn.Zoo;

/// <summary>Tan and Le, arXiv 1905.11946, table 1.</summary>
[Network, Input(3, 224, 224)]
[Conv(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, SiLU]
[Block<MobileConv>(16, 3, 1, 0, 1)]
[Block<MobileConv>(24, 3, 2, 1, Repeat = 2)]
[Block<MobileConv>(40, 5, 2, 3, Repeat = 2)]
[Block<MobileConv>(80, 3, 2, 5, Repeat = 3)]
[Block<MobileConv>(112, 5, 1, 8, Repeat = 3)]
[Block<MobileConv>(192, 5, 2, 11, Repeat = 4)]
[Block<MobileConv>(320, 3, 1, 15)]
[Conv(1280, 1, Bias = false), BatchNorm, SiLU]
[GlobalAvgPool, Flatten, Dropout(0.2), Linear(1000)]
public sealed partial class EfficientNetB0;
