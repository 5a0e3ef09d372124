namespace Cnn.Zoo;

/// <summary>DeepLabV3's head on dilated bottlenecks, for images of 32x32 and labels per pixel.</summary>
[Network, Input(3, 32, 32)]
[Conv(8, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, ReLU]
[Block<Bottleneck>(4, 2), Block<Bottleneck>(4, 1, 2)]
[Block<PyramidPooling>(8, 8, 2)]
[Conv(8, 3, Padding = 1, Bias = false), BatchNorm, ReLU, Conv(3, 1), Upsample(4, Mode = UpsampleMode.Bilinear)]
public sealed partial class SmallDeepLab;
