namespace Cnn.Zoo;

/// <summary>YOLOX's BaseConv (Ge et al., arXiv 2107.08430), with its numbers for BatchNorm.</summary>
[Block]
[Conv(Channels, Kernel, Stride = Stride, Padding = Kernel / 2, Groups = Groups, Bias = false), BatchNorm(Epsilon = 1e-3, Momentum = 0.03), SiLU]
public sealed class ConvSiLU
{
    public const int Channels = 16, Kernel = 1, Stride = 1, Groups = 1;
}
