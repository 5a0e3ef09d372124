namespace Cnn.Build.Tests;

/// <summary>Norms with constants, which fold into the layer behind them, and one that nothing can take in.</summary>
[Network]
[Input(3, 8, 8)]
[Normalize(Mean = [0.5, 0.25, 0.125], Deviation = [0.5, 0.3, 0.7])]
[Conv(4, 3), BatchNorm, ReLU]
[Normalize(Mean = [0.1, 0.2, 0.3, 0.4], Deviation = [1, 2, 3, 4]), BatchNorm]
[Conv(6, 3, Padding = 1), ReLU]
[GlobalAvgPool, Flatten, Linear(2)]
public sealed partial class ConstantNorms;
