namespace Cnn.Zoo;

/// <summary>One half of the channels is changed, the other stays, and both are mixed (Ma et al., arXiv 1807.11164, figure 3c), as torchvision has it.</summary>
[Block]
[Slice(In / 2), Conv(In / 2, 1, Bias = false), BatchNorm, ReLU]
[Conv(In / 2, 3, Padding = 1, Groups = In / 2, Bias = false), BatchNorm, Conv(In / 2, 1, Bias = false), BatchNorm, ReLU(Name = "changed")]
[Slice(0, In / 2, From = "input"), Concat("changed"), ChannelShuffle(2)]
public sealed class ShuffleUnit
{
    [InputChannels] public const int In = 116;
}
