namespace Cnn.Zoo;

/// <summary>Bai et al., arXiv 1803.01271, for MNIST pixel by pixel (table 2): eight levels of 25 channels, kernels of 7, the last element decides.</summary>
[Network, Input(1, 784)]
[Block<TemporalBlock>(25, 7, Repeat = 8)]
[Slice(-1, Axis = 2), Flatten, Linear(10)]
public sealed partial class TemporalConvNet;
