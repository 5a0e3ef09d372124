namespace Cnn.Zoo;

/// <summary>A bottleneck whose output joins what came in (Huang et al., arXiv 1608.06993, DenseNet-B), as torchvision has it.</summary>
[Block]
[BatchNorm, ReLU, Conv(Bottleneck, 1, Bias = false)]
[BatchNorm, ReLU, Conv(Growth, 3, Padding = 1, Bias = false, Name = "features")]
[Concat("features", From = "input")]
public sealed class DenseLayer
{
    public const int Growth = 32;
    public const int Bottleneck = 4 * Growth;
}
