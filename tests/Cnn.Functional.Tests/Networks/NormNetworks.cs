namespace Cnn.Functional.Tests.Networks;

[Network, Input(3, 6, 6), Conv(5, 3, Padding = 1), BatchNorm, ReLU]
public sealed partial class ConvThenNorm;

[Network, Input(3, 6, 6), Conv(5, 3, Bias = false), BatchNorm, ReLU]
public sealed partial class ConvWithoutBiasThenNorm;

[Network, Input(3, 6, 6), Conv(5, 3), BatchNorm, BatchNorm(Epsilon = 0.01), ReLU]
public sealed partial class NormTwice;

[Network, Input(3, 6, 6), Conv(5, 3), ReLU, BatchNorm, Conv(4, 3)]
public sealed partial class NormAfterReLU;

[Network, Input(3, 6, 6), BatchNorm, Conv(4, 3)]
public sealed partial class NormFirst;

/// <summary>Folding the norm into the convolution behind it would be wrong at the edges, where zeros are not normalised.</summary>
[Network, Input(3, 6, 6), BatchNorm, Conv(4, 3, Padding = 1)]
public sealed partial class NormBeforePaddedConv;

[Network, Input(3, 6, 6), Conv(5, 3), BatchNorm(Affine = false), ReLU]
public sealed partial class NormWithoutAffine;

[Network, Input(7), Linear(5), BatchNorm, ReLU]
public sealed partial class LinearThenNorm;

[Network, Input(4, 6, 6), Conv(8, 3, Groups = 4, Padding = 1), BatchNorm, MaxPool(2), BatchNorm]
public sealed partial class GroupedConvThenNorms;
