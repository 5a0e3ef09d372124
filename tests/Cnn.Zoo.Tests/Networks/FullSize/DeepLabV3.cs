namespace Cnn.Zoo;

/// <summary>Chen et al., arXiv 1706.05587, with ResNet-50's body at a stride of 8, for 21 classes, without torchvision's auxiliary classifier.</summary>
[Network, Input(3, 520, 520)]
[Conv(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm, ReLU, MaxPool(3, Stride = 2, Padding = 1)]
[Block<Bottleneck>(64, Repeat = 3)]
[Block<Bottleneck>(128, 2, Repeat = 4)]
[Block<Bottleneck>(256), Block<Bottleneck>(256, 1, 2, Repeat = 5)]
[Block<Bottleneck>(512, 1, 2), Block<Bottleneck>(512, 1, 4, Repeat = 2)]
[Block<PyramidPooling>]
[Conv(256, 3, Padding = 1, Bias = false), BatchNorm, ReLU, Conv(21, 1), Upsample(8, Mode = UpsampleMode.Bilinear)]
public sealed partial class DeepLabV3;
