namespace Cnn.Benchmarks.Networks;

/// <summary>The CIFAR network of He et al. (arXiv 1512.03385), with projections: 41 million multiply-adds.</summary>
[Network]
[Input(3, 32, 32)]
[Conv(16, 3, Padding = 1, Bias = false), BatchNorm, ReLU(Name = "stem")]
[Conv(16, 3, Padding = 1, Bias = false, From = "stem"), BatchNorm, ReLU, Conv(16, 3, Padding = 1, Bias = false), BatchNorm, Add("stem"), ReLU(Name = "block1")]
[Conv(16, 3, Padding = 1, Bias = false, From = "block1"), BatchNorm, ReLU, Conv(16, 3, Padding = 1, Bias = false), BatchNorm, Add("block1"), ReLU(Name = "block2")]
[Conv(16, 3, Padding = 1, Bias = false, From = "block2"), BatchNorm, ReLU, Conv(16, 3, Padding = 1, Bias = false), BatchNorm, Add("block2"), ReLU(Name = "block3")]
[Conv(32, 1, Stride = 2, Bias = false, From = "block3"), BatchNorm(Name = "shortcut4")]
[Conv(32, 3, Stride = 2, Padding = 1, Bias = false, From = "block3"), BatchNorm, ReLU, Conv(32, 3, Padding = 1, Bias = false), BatchNorm, Add("shortcut4"), ReLU(Name = "block4")]
[Conv(32, 3, Padding = 1, Bias = false, From = "block4"), BatchNorm, ReLU, Conv(32, 3, Padding = 1, Bias = false), BatchNorm, Add("block4"), ReLU(Name = "block5")]
[Conv(32, 3, Padding = 1, Bias = false, From = "block5"), BatchNorm, ReLU, Conv(32, 3, Padding = 1, Bias = false), BatchNorm, Add("block5"), ReLU(Name = "block6")]
[Conv(64, 1, Stride = 2, Bias = false, From = "block6"), BatchNorm(Name = "shortcut7")]
[Conv(64, 3, Stride = 2, Padding = 1, Bias = false, From = "block6"), BatchNorm, ReLU, Conv(64, 3, Padding = 1, Bias = false), BatchNorm, Add("shortcut7"), ReLU(Name = "block7")]
[Conv(64, 3, Padding = 1, Bias = false, From = "block7"), BatchNorm, ReLU, Conv(64, 3, Padding = 1, Bias = false), BatchNorm, Add("block7"), ReLU(Name = "block8")]
[Conv(64, 3, Padding = 1, Bias = false, From = "block8"), BatchNorm, ReLU, Conv(64, 3, Padding = 1, Bias = false), BatchNorm, Add("block8"), ReLU(Name = "block9")]
[GlobalAvgPool, Flatten, Linear(10)]
public sealed partial class ResNet20;
