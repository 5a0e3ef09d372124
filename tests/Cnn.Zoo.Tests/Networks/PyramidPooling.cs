namespace Cnn.Zoo;

/// <summary>Atrous spatial pyramid pooling (Chen et al., arXiv 1706.05587, figure 5), as torchvision has it, on squares of <see cref="Length"/>.</summary>
[Block]
[Conv(Channels, 1, Bias = false), BatchNorm, ReLU(Name = "point")]
[Conv(Channels, 3, Padding = Rate, Dilation = Rate, Bias = false, From = "input"), BatchNorm, ReLU(Name = "near")]
[Conv(Channels, 3, Padding = 2 * Rate, Dilation = 2 * Rate, Bias = false, From = "input"), BatchNorm, ReLU(Name = "middle")]
[Conv(Channels, 3, Padding = 3 * Rate, Dilation = 3 * Rate, Bias = false, From = "input"), BatchNorm, ReLU(Name = "far")]
[GlobalAvgPool(From = "input"), Conv(Channels, 1, Bias = false), BatchNorm, ReLU, Upsample(Length, Mode = UpsampleMode.Bilinear, Name = "whole")]
[Concat("near", "middle", "far", "whole", From = "point"), Conv(Channels, 1, Bias = false), BatchNorm, ReLU, Dropout]
public sealed class PyramidPooling
{
    public const int Length = 65, Channels = 256, Rate = 12;
}
