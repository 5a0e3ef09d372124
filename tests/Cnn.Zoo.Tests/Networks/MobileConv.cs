namespace Cnn.Zoo;

/// <summary>
/// EfficientNet's block (Tan and Le, arXiv 1905.11946), as torchvision has it: an inverted residual with squeeze-and-excitation, dropped the oftener the deeper
/// it stands among <see cref="Blocks"/> blocks.
/// </summary>
[Block]
[Block<Expansion>(Ratio * In, Repeat = Ratio > 1 ? 1 : 0)]
[Conv(Ratio * In, Kernel, Stride = Stride, Padding = Kernel / 2, Groups = Ratio * In, Bias = false), BatchNorm, SiLU(Name = "expanded")]
[GlobalAvgPool, Conv(In / 4, 1), SiLU, Conv(Ratio * In, 1), Sigmoid, Multiply("expanded")]
[Conv(Channels, 1, Bias = false), BatchNorm]
[StochasticDepth(Index == 0 ? 0 : 0.2 * (Before + Index) / Blocks), Residual(Shortcut = Shortcut.WhereShapesFit)]
public sealed class MobileConv
{
    [InputChannels] public const int In = 16;
    [Repetition] public const int Index = 0;
    public const int Channels = 24, Kernel = 3;
    [FirstOnly] public const int Stride = 1;
    public const int Before = 0, Ratio = 6, Blocks = 16;
}
