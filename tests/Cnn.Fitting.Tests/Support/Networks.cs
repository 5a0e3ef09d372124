namespace Cnn.Fitting.Tests.Support;

/// <summary>Has everything whose state a checkpoint must keep: running statistics and dropout.</summary>
[Network]
[Input(1, 8, 8)]
[Conv(6, 3, Padding = 1, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Flatten]
[Dropout(0.2)]
[Linear(16), ReLU]
[Linear(4)]
public sealed partial class TinyNetwork;

/// <summary>No BatchNorm and no dropout, so that several passes give the gradient of one.</summary>
[Network]
[Input(1, 8, 8)]
[Conv(4, 3), Tanh]
[Flatten]
[Linear(4)]
public sealed partial class PlainNetwork;

/// <summary>Its BatchNorm has one value an image and channel, so that a pass of one image has no variance.</summary>
[Network]
[Input(1, 8, 8)]
[Flatten]
[Linear(8), BatchNorm, ReLU]
[Linear(4)]
public sealed partial class VectorNormNetwork;

/// <summary>Its output is a map: four classes for each of 64 positions.</summary>
[Network]
[Input(1, 8, 8)]
[Conv(4, 3, Padding = 1)]
public sealed partial class MapNetwork;

/// <summary>The size of what people train on MNIST.</summary>
[Network]
[Input(1, 28, 28)]
[Conv(20, 5, Padding = 2), ReLU, MaxPool(2)]
[Conv(50, 5, Padding = 2), ReLU, MaxPool(2)]
[Flatten]
[Linear(500), ReLU]
[Linear(10)]
public sealed partial class LeNet;
