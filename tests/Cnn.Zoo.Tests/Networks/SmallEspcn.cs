namespace Cnn.Zoo;

/// <summary>ESPCN with fewer channels, for images of 12x12.</summary>
[Network, Input(1, 12, 12)]
[Conv(16, 5, Padding = 2), Tanh, Conv(8, 3, Padding = 1), Tanh]
[Conv(9, 3, Padding = 1), PixelShuffle(3)]
public sealed partial class SmallEspcn;
