namespace Cnn.Zoo;

/// <summary>One step of FCOS's towers: a convolution with a group norm (Tian et al., arXiv 1904.01355, section 3.2), as torchvision has it.</summary>
[Block]
[Conv(In, 3, Padding = 1), GroupNorm(Groups), ReLU]
public sealed class FcosStep
{
    [InputChannels] public const int In = 256;
    public const int Groups = 32;
}
