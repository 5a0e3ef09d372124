namespace Cnn.Zoo;

/// <summary>MobileNetV3's early blocks (Howard et al., arXiv 1905.02244, table 2), without a gate and with ReLU.</summary>
[Block]
[Conv(Expanded, 1, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), ReLU]
[Conv(Expanded, 3, Stride = Stride, Padding = 1, Groups = Expanded, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), ReLU]
[Conv(Channels, 1, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.01)]
[Residual(Shortcut = Shortcut.WhereShapesFit)]
public sealed class PlainBottleneckV3
{
    public const int Expanded = 72, Channels = 24;
    [FirstOnly] public const int Stride = 1;
}
