namespace Cnn.Zoo;

/// <summary>YOLOX's SPPBottleneck: maxima over three neighbourhoods (He et al., arXiv 1406.4729).</summary>
[Block]
[Block<ConvSiLU>(In / 2, Name = "half")]
[MaxPool(5, Stride = 1, Padding = 2, Name = "near")]
[MaxPool(9, Stride = 1, Padding = 4, From = "half", Name = "middle")]
[MaxPool(13, Stride = 1, Padding = 6, From = "half", Name = "far")]
[Concat("near", "middle", "far", From = "half"), Block<ConvSiLU>(In)]
public sealed class SpatialPyramid
{
    [InputChannels] public const int In = 256;
}
