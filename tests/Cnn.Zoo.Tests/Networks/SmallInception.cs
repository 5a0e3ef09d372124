namespace Cnn.Zoo;

/// <summary>An inception module and dense layers behind it, for a comparison with <see cref="SmallInceptionByHand"/>.</summary>
[Network, Input(3, 9, 9)]
[Block<Inception>(5, 3, 6, 2, 4, 3)]
[Block<DenseLayer>(4, Repeat = 2)]
[Block<InvertedResidual>(26, 1, 2, Repeat = 2)]
[GlobalAvgPool, Flatten, Linear(4)]
public sealed partial class SmallInception;

/// <summary>The same, layer by layer.</summary>
[Network, Input(3, 9, 9)]
[Conv(5, 1), ReLU(Name = "one")]
[Conv(3, 1, From = "input1"), ReLU, Conv(6, 3, Padding = 1), ReLU(Name = "three")]
[Conv(2, 1, From = "input1"), ReLU, Conv(4, 5, Padding = 2), ReLU(Name = "five")]
[MaxPool(3, Stride = 1, Padding = 1, From = "input1"), Conv(3, 1), ReLU(Name = "pool")]
[Concat("three", "five", "pool", From = "one", Name = "module")]
[BatchNorm, ReLU, Conv(16, 1, Bias = false), BatchNorm, ReLU, Conv(4, 3, Padding = 1, Bias = false, Name = "first")]
[Concat("first", From = "module", Name = "dense1")]
[BatchNorm, ReLU, Conv(16, 1, Bias = false), BatchNorm, ReLU, Conv(4, 3, Padding = 1, Bias = false, Name = "second")]
[Concat("second", From = "dense1", Name = "dense2")]
[Conv(52, 1, Bias = false), BatchNorm, ReLU6, Conv(52, 3, Padding = 1, Groups = 52, Bias = false), BatchNorm, ReLU6]
[Conv(26, 1, Bias = false), BatchNorm, Add("dense2", Name = "mobile")]
[Conv(52, 1, Bias = false), BatchNorm, ReLU6, Conv(52, 3, Padding = 1, Groups = 52, Bias = false), BatchNorm, ReLU6]
[Conv(26, 1, Bias = false), BatchNorm, Add("mobile")]
[GlobalAvgPool, Flatten, Linear(4)]
public sealed partial class SmallInceptionByHand;
