namespace Cnn.Zoo;

/// <summary>
/// Liu et al., arXiv 2201.03545, figure 4, as torchvision has it: a depthwise convolution, a norm of each position, and two pointwise layers, whose sum starts
/// small and is dropped the oftener the deeper it stands among <see cref="Blocks"/> blocks.
/// </summary>
[Block]
[Conv(In, 7, Padding = 3, Groups = In), LayerNorm(ChannelsOnly = true, Epsilon = 1e-6)]
[Conv(4 * In, 1), GELU, Conv(In, 1), Scale(Start = 1e-6)]
[StochasticDepth(0.1 * (Before + Index) / (Blocks - 1)), Residual(Shortcut = Shortcut.Identity)]
public sealed class ConvNextBlock
{
    [InputChannels] public const int In = 96;
    [Repetition] public const int Index = 0;
    public const int Before = 0, Blocks = 18;
}
