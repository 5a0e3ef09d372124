namespace Cnn.Zoo;

/// <summary>RegNetY's block (Radosavovic et al., arXiv 2003.13678, sections 3.2 and 5), as torchvision has it: groups of 8 channels, and a gate.</summary>
[Block]
[Conv(Channels, 1, Bias = false), BatchNorm, ReLU]
[Conv(Channels, 3, Stride = Stride, Padding = 1, Groups = Channels / 8, Bias = false), BatchNorm, ReLU(Name = "grouped")]
[GlobalAvgPool, Conv(In / 4, 1), ReLU, Conv(Channels, 1), Sigmoid, Multiply("grouped")]
[Conv(Channels, 1, Bias = false), BatchNorm, Residual, ReLU]
public sealed class RegNetBlock
{
    [InputChannels] public const int In = 32;
    public const int Channels = 48;
    [FirstOnly] public const int Stride = 1;
}
