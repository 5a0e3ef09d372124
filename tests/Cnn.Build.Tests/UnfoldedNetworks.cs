namespace Cnn.Build.Tests;

/// <summary>The network of samples/EmbeddedLeNet with frozen norms: those normalise by their running statistics in a trainer too.</summary>
[Network]
[Input(1, 28, 28)]
[Conv(6, 5, Padding = 2, Bias = false), BatchNorm(Frozen = true), ReLU, MaxPool(2)]
[Conv(16, 5, Bias = false), BatchNorm(Frozen = true), ReLU, MaxPool(2)]
[Flatten]
[Linear(48, Bias = false), BatchNorm(Frozen = true), ReLU]
[Linear(10)]
public sealed partial class UnfoldedLeNet;

/// <summary>The least that can be folded.</summary>
[Network, Input(3, 12, 12), Conv(10, 3), BatchNorm(Frozen = true)]
public sealed partial class ConvNorm;
