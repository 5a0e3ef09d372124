namespace Cnn.Zoo;

/// <summary>Halves channels and lengths between dense blocks (Huang et al., arXiv 1608.06993, DenseNet-C).</summary>
[Block]
[BatchNorm, ReLU, Conv(In / 2, 1, Bias = false), AvgPool(2)]
public sealed class DenseTransition
{
    [InputChannels] public const int In = 256;
}
