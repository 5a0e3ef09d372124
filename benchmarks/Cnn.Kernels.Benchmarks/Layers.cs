namespace Cnn.Kernels.Benchmarks;

// One layer each: the shapes of the networks that people run, and sizes that are no multiple of anything (7, 13, 30; 3, 20, 33, 50).
// A global pool behind a convolution leaves the loss a few numbers, so that a step's time is the convolution's.

/// <summary>LeNet's second convolution.</summary>
[Network, Input(20, 14, 14), Conv(50, 5, Padding = 2), GlobalAvgPool, Flatten]
public sealed partial class Conv5x5;

/// <summary>The first layer of ResNet-18.</summary>
[Network, Input(3, 224, 224), Conv(64, 7, Stride = 2, Padding = 3), GlobalAvgPool, Flatten]
public sealed partial class Conv7x7Stride2;

/// <summary>The first layer of a network for small images.</summary>
[Network, Input(3, 32, 32), Conv(16, 3, Padding = 1), GlobalAvgPool, Flatten]
public sealed partial class Conv3x3FirstLayer;

/// <summary>The middle of ResNet-18.</summary>
[Network, Input(128, 28, 28), Conv(128, 3, Padding = 1), GlobalAvgPool, Flatten]
public sealed partial class Conv3x3;

/// <summary>The end of ResNet-18: more weights than positions.</summary>
[Network, Input(512, 7, 7), Conv(512, 3, Padding = 1), GlobalAvgPool, Flatten]
public sealed partial class Conv3x3Deep;

/// <summary>Sizes that fill no vector.</summary>
[Network, Input(33, 13, 13), Conv(50, 3, Padding = 1), GlobalAvgPool, Flatten]
public sealed partial class Conv3x3OddSizes;

/// <summary>Sizes that fill no vector, in a small first layer.</summary>
[Network, Input(3, 30, 30), Conv(20, 3), GlobalAvgPool, Flatten]
public sealed partial class Conv3x3OddFirstLayer;

/// <summary>An expansion of MobileNetV2.</summary>
[Network, Input(32, 28, 28), Conv(192, 1), GlobalAvgPool, Flatten]
public sealed partial class Pointwise;

/// <summary>A depthwise convolution of MobileNetV2.</summary>
[Network, Input(192, 28, 28), Conv(192, 3, Padding = 1, Groups = 192), GlobalAvgPool, Flatten]
public sealed partial class Depthwise;

/// <summary>LeNet's first linear layer.</summary>
[Network, Input(2450), Linear(500)]
public sealed partial class LinearWide;

/// <summary>A pool over LeNet's first feature maps.</summary>
[Network, Input(20, 28, 28), MaxPool(2)]
public sealed partial class Pool;

/// <summary>A signal.</summary>
[Network, Input(16, 4096), Conv(32, 9, Padding = 4), GlobalAvgPool, Flatten]
public sealed partial class Conv1D;

/// <summary>A volume.</summary>
[Network, Input(8, 16, 32, 32), Conv(16, 3, Padding = 1), GlobalAvgPool, Flatten]
public sealed partial class Conv3D;
