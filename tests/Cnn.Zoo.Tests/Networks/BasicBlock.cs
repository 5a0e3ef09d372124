namespace Cnn.Zoo;

/// <summary>Two convolutions and a shortcut (He et al., arXiv 1512.03385, figure 5 left), as torchvision has them.</summary>
[Block]
[Conv(Channels, 3, Stride = Stride, Padding = 1, Bias = false), BatchNorm, ReLU]
[Conv(Channels, 3, Padding = 1, Bias = false), BatchNorm]
[Residual, ReLU]
public sealed class BasicBlock
{
    public const int Channels = 64;
    [FirstOnly] public const int Stride = 1;
}
