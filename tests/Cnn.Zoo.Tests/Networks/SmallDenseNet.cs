namespace Cnn.Zoo;

/// <summary>A DenseNet-BC of three dense blocks with four layers each and a growth of 12, for images of 32x32.</summary>
[Network, Input(3, 32, 32)]
[Conv(24, 3, Padding = 1, Bias = false)]
[Block<DenseLayer>(12, Repeat = 4), Block<DenseTransition>]
[Block<DenseLayer>(12, Repeat = 4), Block<DenseTransition>]
[Block<DenseLayer>(12, Repeat = 4)]
[BatchNorm, ReLU, GlobalAvgPool, Flatten, Linear(10)]
public sealed partial class SmallDenseNet;
