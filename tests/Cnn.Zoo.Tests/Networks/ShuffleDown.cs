namespace Cnn.Zoo;

/// <summary>Halves lengths, and doubles channels by two branches (Ma et al., arXiv 1807.11164, figure 3d), as torchvision has it.</summary>
[Block]
[Conv(In, 3, Stride = 2, Padding = 1, Groups = In, Bias = false), BatchNorm, Conv(Channels / 2, 1, Bias = false), BatchNorm, ReLU(Name = "left")]
[Conv(Channels / 2, 1, Bias = false, From = "input"), BatchNorm, ReLU]
[Conv(Channels / 2, 3, Stride = 2, Padding = 1, Groups = Channels / 2, Bias = false), BatchNorm]
[Conv(Channels / 2, 1, Bias = false), BatchNorm, ReLU(Name = "right")]
[Concat("right", From = "left"), ChannelShuffle(2)]
public sealed class ShuffleDown
{
    [InputChannels] public const int In = 24;
    public const int Channels = 116;
}
