namespace Cnn.Zoo;

/// <summary>
/// YOLOX's head on one map (Ge et al., arXiv 2107.08430, figure 2): at each position a box, the chance of an object, that of each class.
/// </summary>
[Block]
[Block<ConvSiLU>(Width, Name = "stem")]
[Block<SeparableSiLU>(Width, Repeat = 2), Conv(Classes, 1), Sigmoid(Name = "classes")]
[Block<SeparableSiLU>(Width, Repeat = 2, From = "stem", Name = "boxes")]
[Conv(1, 1), Sigmoid(Name = "object")]
[Conv(4, 1, From = "boxes"), Concat("object", "classes")]
public sealed class DecoupledHead
{
    public const int Classes = 80, Width = 64;
}
