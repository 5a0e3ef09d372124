namespace Cnn.Zoo;

/// <summary>Basic blocks with and without projection, for a comparison with <see cref="SmallResNetByHand"/>.</summary>
[Network, Input(3, 8, 8)]
[Block<BasicBlock>(3)]
[Block<BasicBlock>(10, 2, Repeat = 2)]
[GlobalAvgPool, Flatten, Linear(4)]
public sealed partial class SmallResNet;

/// <summary>The same, layer by layer.</summary>
[Network, Input(3, 8, 8)]
[Conv(3, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(3, 3, Padding = 1, Bias = false), BatchNorm]
[Add("input1"), ReLU(Name = "first")]
[Conv(10, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(10, 3, Padding = 1, Bias = false), BatchNorm(Name = "main")]
[Conv(10, 1, Stride = 2, Bias = false, From = "first"), BatchNorm(Name = "shortcut")]
[Add("shortcut", From = "main"), ReLU(Name = "second")]
[Conv(10, 3, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(10, 3, Padding = 1, Bias = false), BatchNorm]
[Add("second"), ReLU]
[GlobalAvgPool, Flatten, Linear(4)]
public sealed partial class SmallResNetByHand;
