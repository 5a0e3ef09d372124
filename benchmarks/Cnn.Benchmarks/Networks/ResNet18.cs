namespace Cnn.Benchmarks.Networks;

/// <summary>The ImageNet network of He et al. (arXiv 1512.03385): 1,820 million multiply-adds.</summary>
[Network]
[Input(3, 224, 224)]
[Conv(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm, ReLU, MaxPool(3, Stride = 2, Padding = 1, Name = "stem")]
[Conv(64, 3, Padding = 1, Bias = false, From = "stem"), BatchNorm, ReLU, Conv(64, 3, Padding = 1, Bias = false), BatchNorm, Add("stem"), ReLU(Name = "block1")]
[Conv(64, 3, Padding = 1, Bias = false, From = "block1"), BatchNorm, ReLU, Conv(64, 3, Padding = 1, Bias = false), BatchNorm, Add("block1"), ReLU(Name = "block2")]
[Conv(128, 1, Stride = 2, Bias = false, From = "block2"), BatchNorm(Name = "shortcut3")]
[Conv(128, 3, Stride = 2, Padding = 1, Bias = false, From = "block2"), BatchNorm, ReLU, Conv(128, 3, Padding = 1, Bias = false), BatchNorm, Add("shortcut3"), ReLU(Name = "block3")]
[Conv(128, 3, Padding = 1, Bias = false, From = "block3"), BatchNorm, ReLU, Conv(128, 3, Padding = 1, Bias = false), BatchNorm, Add("block3"), ReLU(Name = "block4")]
[Conv(256, 1, Stride = 2, Bias = false, From = "block4"), BatchNorm(Name = "shortcut5")]
[Conv(256, 3, Stride = 2, Padding = 1, Bias = false, From = "block4"), BatchNorm, ReLU, Conv(256, 3, Padding = 1, Bias = false), BatchNorm, Add("shortcut5"), ReLU(Name = "block5")]
[Conv(256, 3, Padding = 1, Bias = false, From = "block5"), BatchNorm, ReLU, Conv(256, 3, Padding = 1, Bias = false), BatchNorm, Add("block5"), ReLU(Name = "block6")]
[Conv(512, 1, Stride = 2, Bias = false, From = "block6"), BatchNorm(Name = "shortcut7")]
[Conv(512, 3, Stride = 2, Padding = 1, Bias = false, From = "block6"), BatchNorm, ReLU, Conv(512, 3, Padding = 1, Bias = false), BatchNorm, Add("shortcut7"), ReLU(Name = "block7")]
[Conv(512, 3, Padding = 1, Bias = false, From = "block7"), BatchNorm, ReLU, Conv(512, 3, Padding = 1, Bias = false), BatchNorm, Add("block7"), ReLU(Name = "block8")]
[GlobalAvgPool, Flatten, Linear(1000)]
public sealed partial class ResNet18;
