namespace Cnn.Zoo;

/// <summary>Expansion, depthwise convolution and linear bottleneck (Sandler et al., arXiv 1801.04381, table 1).</summary>
[Block]
[Conv(In * Expansion, 1, Bias = false), BatchNorm, ReLU6]
[Conv(In * Expansion, 3, Stride = Stride, Padding = 1, Groups = In * Expansion, Bias = false), BatchNorm, ReLU6]
[Conv(Channels, 1, Bias = false), BatchNorm]
[Residual(Shortcut = Shortcut.WhereShapesFit)]
public sealed class InvertedResidual
{
    [InputChannels] public const int In = 32;
    public const int Channels = 16;
    [FirstOnly] public const int Stride = 1;
    public const int Expansion = 6;
}
