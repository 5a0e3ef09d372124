namespace Cnn.Zoo;

/// <summary>YOLOX's parts with two heads, for images of 32x32 and 2 classes.</summary>
[Network, Input(3, 32, 32)]
[Block<Focus>, Block<ConvSiLU>(8, 3)]
[Block<SeparableSiLU>(16, 2), Block<CspLayer>(16, 2, Name = "shallow")]
[Block<SeparableSiLU>(32, 2), Block<SpatialPyramid>, Block<CspLayer>(32)]
[Block<ConvSiLU>(16, Name = "lateral"), Upsample(2), Concat("shallow"), Block<CspLayer>(16, Name = "fine")]
[Block<SeparableSiLU>(16, 2), Concat("lateral"), Block<CspLayer>(32, Name = "coarse")]
[Block<DecoupledHead>(2, 8, From = "fine"), Output("stride4")]
[Block<DecoupledHead>(2, 8, From = "coarse"), Output("stride8")]
public sealed partial class SmallYolox;
