namespace Cnn.Functional.Tests.Networks;

/// <summary>Channels that are no whole vectors, so that parameters and gradients have padding.</summary>
[Network]
[Input(2, 6, 6)]
[Conv(5, 3, Padding = 1), BatchNorm, ReLU, MaxPool(2)]
[Flatten]
[Linear(7), ReLU, Dropout]
[Linear(3)]
public sealed partial class Small;

/// <summary>Without anything that ties the images of a batch together.</summary>
[Network]
[Input(2, 6, 6)]
[Conv(5, 3, Padding = 1), ReLU, MaxPool(2)]
[Conv(6, 3), Tanh, AvgPool(1)]
[Flatten]
[Linear(7), GELU]
[Linear(3)]
public sealed partial class Independent;

[Network]
[Input(4)]
[Linear(5), BatchNorm, ReLU]
[Linear(3)]
public sealed partial class FlatNorm;

[Network]
[Input(2, 4, 4)]
[Conv(3, 3)]
public sealed partial class PerPosition;

[Network]
[Input(2, 4, 4)]
[Conv(5, 3), GlobalAvgPool]
public sealed partial class OnePosition;

[Network]
[Input(6)]
[Linear(4), Softmax]
public sealed partial class EndsInSoftmax;

[Network]
[Input(6)]
[Linear(4), LogSoftmax]
public sealed partial class EndsInLogSoftmax;

[Network]
[Input(6)]
[Linear(4), Sigmoid]
public sealed partial class EndsInSigmoid;

[Network]
[Input(10000)]
[Dropout(0.3)]
public sealed partial class OnlyDropout;

/// <summary>Two masks in a row, on a map of fewer channels than a vector has lanes.</summary>
[Network]
[Input(3, 30, 30)]
[Dropout(0.3), Dropout(0.3)]
public sealed partial class DropoutTwice;

[Network]
[Input(4, 6, 6), Conv(8, 3, Groups = 4, Padding = 1), BatchNorm, MaxPool(2), BatchNorm]
public sealed partial class GroupedConvThenNorms;

[Network]
[Input(3, 4, 5)]
[Flatten]
public sealed partial class OnlyFlatten;

[Network]
[Input(3, 5, 5)]
[Conv(4, 3, Frozen = true), BatchNorm(Frozen = true), ReLU]
[Flatten]
[Linear(3)]
public sealed partial class PartlyFrozen;

[Network]
[Input(2, 5, 5)]
[Conv(3, 3, Name = "stem")]
[Conv(4, 3, Name = "unused", From = "stem"), ReLU]
[Flatten(From = "stem")]
[Linear(3)]
public sealed partial class LeavesOneOut;

/// <summary>Makes inputs for <see cref="Independent"/>.</summary>
[Network]
[Input(72)]
[Linear(72)]
public sealed partial class OnlyAffine;
