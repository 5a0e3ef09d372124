namespace Cnn.Zoo;

/// <summary>Ge et al., arXiv 2107.08430: the depth 0.33, the width 0.25, depthwise; a head on each of three maps, boxes not yet decoded.</summary>
[Network, Input(3, 416, 416)]
[Block<Focus>, Block<ConvSiLU>(16, 3)]
[Block<SeparableSiLU>(32, 2), Block<CspLayer>(32, 1)]
[Block<SeparableSiLU>(64, 2), Block<CspLayer>(64, 3, Name = "dark3")]
[Block<SeparableSiLU>(128, 2), Block<CspLayer>(128, 3, Name = "dark4")]
[Block<SeparableSiLU>(256, 2), Block<SpatialPyramid>, Block<CspLayer>(256)]
[Block<ConvSiLU>(128, Name = "lateral"), Upsample(2), Concat("dark4"), Block<CspLayer>(128)]
[Block<ConvSiLU>(64, Name = "reduced"), Upsample(2), Concat("dark3"), Block<CspLayer>(64, Name = "fine")]
[Block<SeparableSiLU>(64, 2), Concat("reduced"), Block<CspLayer>(128, Name = "middle")]
[Block<SeparableSiLU>(128, 2), Concat("lateral"), Block<CspLayer>(256, Name = "coarse")]
[Block<DecoupledHead>(From = "fine"), Output("stride8")]
[Block<DecoupledHead>(From = "middle"), Output("stride16")]
[Block<DecoupledHead>(From = "coarse"), Output("stride32")]
public sealed partial class YoloxNano;
