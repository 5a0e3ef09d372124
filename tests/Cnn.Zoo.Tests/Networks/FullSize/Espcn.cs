namespace Cnn.Zoo;

/// <summary>Shi et al., arXiv 1609.05158, section 3.2: three times as many pixels each way, from luminance.</summary>
[Network, Input(1, 85, 85)]
[Conv(64, 5, Padding = 2), Tanh, Conv(32, 3, Padding = 1), Tanh]
[Conv(9, 3, Padding = 1), PixelShuffle(3)]
public sealed partial class Espcn;
