namespace Cnn.Functional.Tests.Networks;

// Activations with a kink are left to other tests: there a difference is no slope.

/// <summary>A mask between a convolution and one with a border.</summary>
[Network, Input(3, 6, 6)]
[Conv(4, 3, Padding = 1), Tanh, Dropout(0.3)]
[Conv(3, 3, Padding = 1), SiLU]
[Flatten, Linear(2)]
public sealed partial class DropoutBeforePaddedConv;

[Network, Input(4, 9, 8)]
[Conv(8, 3, Stride = 2, Padding = 1, Groups = 2), BatchNorm, GELU]
[AvgPool(3, Stride = 1, Padding = 1, CountIncludePad = false), Conv(6, 1), Softplus]
[GlobalAvgPool, Flatten, Linear(3), LogSoftmax]
public sealed partial class GroupsAndPools;

[Network, Input(6)]
[BatchNorm, Linear(9), Sigmoid, BatchNorm(Affine = false), Linear(21), Mish, Linear(5), Softmax]
public sealed partial class FlatChain;

/// <summary>The norm reads the features one by one, in the order of a flat vector.</summary>
[Network, Input(3, 4, 4)]
[Conv(5, 3), Flatten, BatchNorm, Tanh, Dropout, Linear(4)]
public sealed partial class NormOnFlattenedMap;

[Network, Input(3, 5, 5)]
[Conv(5, 2), ELU, Flatten, Identity, SiLU]
public sealed partial class EndsInFlattenedMap;

[Network, Input(3, 11)]
[Conv(5, 3, Dilation = 2, Padding = 2), CELU, AvgPool(2), Conv(4, 3, Paddings = [2, 0]), Softsign]
public sealed partial class Sequence;

[Network, Input(2, 4, 5, 6)]
[Conv(5, 3, Padding = 1), GELU, Conv(4, 2, 1, 3, Strides = [2, 1, 1]), Tanh, BatchNorm, Flatten, Linear(3)]
public sealed partial class Volume;

/// <summary>Channels that need several blocks of lanes, the last of them narrow.</summary>
[Network, Input(20, 7, 7)]
[Conv(70, 3, Padding = 1), Tanh, Conv(33, 3), SiLU, Flatten, Linear(140), GELU(Tanh = true), Linear(17)]
public sealed partial class WideChannels;

/// <summary>Gradients pass through what is frozen to what is not; the branch that nobody reads has parameters and no gradient.</summary>
[Network, Input(3, 6, 6)]
[Conv(6, 3, Padding = 1, Name = "stem"), Tanh(Name = "x")]
[Conv(6, 3, Padding = 1, Frozen = true), BatchNorm(Frozen = true), Sigmoid(Name = "read")]
[Conv(4, 3, From = "x"), SiLU]
[Conv(4, 3, From = "read"), Tanh]
public sealed partial class FrozenBetween;

/// <summary>The gradient of "x" is the sum of three; that of the last sum goes to both of its terms, which must not overwrite it.</summary>
[Network, Input(3, 6, 6)]
[Conv(5, 3, Padding = 1), Tanh(Name = "x")]
[Conv(5, 3, Padding = 1), BatchNorm, SiLU, Conv(5, 3, Padding = 1), BatchNorm(Name = "main")]
[Conv(5, 1, From = "x"), Tanh, Add("main"), Sigmoid, Add("x")]
[Flatten, Linear(3)]
public sealed partial class Shortcuts;

/// <summary>The pool and the norm read one position after the other, the convolutions with two different borders.</summary>
[Network, Input(3, 6, 5)]
[Tanh(Name = "x"), Conv(4, 5, Padding = 2, Name = "wide"), Conv(4, 3, Padding = 1, From = "x"), Add("wide"), Softplus(Name = "y")]
[GlobalAvgPool, Flatten, Linear(4, Name = "pooled")]
[BatchNorm(From = "y"), Conv(2, 3, Stride = 2, Padding = 1, Name = "normed")]
[Conv(2, 3, Stride = 2, Padding = 1, From = "y"), Multiply("normed"), Flatten, Linear(4), Add("pooled")]
public sealed partial class BorderedAndNot;

/// <summary>A factor for each channel, one for each position, and the product of both with neither's shape.</summary>
[Network, Input(5, 4, 6)]
[Conv(11, 3, Padding = 1, Name = "x"), GlobalAvgPool, Conv(11, 1), Sigmoid(Name = "channels")]
[Conv(1, 3, Padding = 1, From = "x"), Sigmoid(Name = "positions"), Multiply("channels"), Multiply("x"), Multiply("channels"), Multiply("positions")]
[Flatten, Linear(3)]
public sealed partial class Gates;

/// <summary>An axis that is repeated in the middle, and one at the end.</summary>
[Network, Input(2, 4, 3, 5)]
[Conv(3, 1, Name = "x"), AvgPool(1, 3, 1, Name = "rows"), AvgPool(1, 1, 5, From = "x"), Multiply("x"), Multiply("rows")]
[Flatten, Linear(3)]
public sealed partial class GatesOfVolumes;

[Network, Input(3, 5, 5)]
[Conv(5, 3, Padding = 1), Tanh(Name = "a")]
[Conv(19, 1), SiLU(Name = "b")]
[Conv(2, 3, Padding = 1), Concat("a", "b", "a"), Conv(4, 3, Padding = 1), Tanh, Concat("a"), Flatten, Linear(3)]
public sealed partial class Joined;

[Network, Input(3, 4, 4)]
[Conv(4, 3), Tanh(Name = "x"), Add("x"), SiLU(Name = "y"), Multiply("y"), Concat("y"), Flatten, Linear(2)]
public sealed partial class Doubled;

[Network, Input(7)]
[Linear(5), Tanh(Name = "a"), Linear(3), Sigmoid(Name = "b"), Concat("a"), Linear(3), Multiply("b"), Dropout(0.2), Add("b"), Linear(4)]
public sealed partial class FlatBranches;
