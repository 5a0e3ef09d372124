namespace Cnn.Zoo;

/// <summary>MobileNetV3's later blocks (Howard et al., arXiv 1905.02244, figure 4), as torchvision has them: kernels of 5x5, a gate, HardSwish.</summary>
[Block]
[Conv(Expanded, 1, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), HardSwish]
[Conv(Expanded, 5, Stride = Stride, Padding = 2, Groups = Expanded, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), HardSwish]
[Block<SqueezeExcitation>, Conv(Channels, 1, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.01)]
[Residual(Shortcut = Shortcut.WhereShapesFit)]
public sealed class BottleneckV3
{
    public const int Expanded = 96, Channels = 40;
    [FirstOnly] public const int Stride = 1;
}
