namespace Cnn.Zoo;

/// <summary>A bottleneck and a shortcut (He et al., arXiv 1512.03385, figure 5 right), as torchvision has them; DeepLab dilates it.</summary>
[Block]
[Conv(Width, 1, Bias = false), BatchNorm, ReLU]
[Conv(Width, 3, Stride = Stride, Padding = Dilation, Dilation = Dilation, Bias = false), BatchNorm, ReLU]
[Conv(4 * Width, 1, Bias = false), BatchNorm, Residual, ReLU]
public sealed class Bottleneck
{
    public const int Width = 64;
    [FirstOnly] public const int Stride = 1;
    public const int Dilation = 1;
}
