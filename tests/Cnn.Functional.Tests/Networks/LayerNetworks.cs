namespace Cnn.Functional.Tests.Networks;

// Small networks around the layers that resize maps and the norms over one image, in every rank. None has an activation with a kink before something
// that learns, so that differences of the loss are slopes.

/// <summary>Enlarged by a transposed convolution whose output padding brings the odd length back.</summary>
[Network, Input(3, 5, 4)]
[Conv(5, 3, Padding = 1), Tanh, ConvTranspose(9, 3, Stride = 2, Padding = 1, OutputPadding = 1), Tanh, Conv(2, 3, Stride = 2, Padding = 1)]
public sealed partial class TransposedBetween;

/// <summary>Per-axis arguments, taps that no stride reaches, and more output padding than the stride.</summary>
[Network, Input(4, 3, 4)]
[ConvTranspose(6, 2, 3, Strides = [1, 3], Dilations = [3, 2], Paddings = [1, 0, 0, 2], OutputPaddings = [2, 1], Groups = 2), BatchNorm, SiLU]
[ConvTranspose(10, 1, Stride = 2)]
public sealed partial class TransposedPerAxis;

[Network, Input(10, 4)]
[ConvTranspose(10, 3, Stride = 2, Groups = 10), Softplus, ConvTranspose(5, 2, Groups = 5, Bias = false)]
public sealed partial class TransposedDepthwise;

[Network, Input(2, 2, 3, 2)]
[ConvTranspose(3, 2, Stride = 2), GELU, ConvTranspose(11, 3, Padding = 1), BatchNorm]
public sealed partial class TransposedVolume;

[Network, Input(3, 6, 7)]
[Conv(10, 1), Sigmoid, AdaptiveAvgPool(4, 3), Conv(3, 3, Padding = 1), AdaptiveAvgPool(6)]
public sealed partial class AdaptivePools;

[Network, Input(2, 9), AdaptiveAvgPool(3), Tanh, AdaptiveAvgPool(2)]
public sealed partial class AdaptiveSequence;

[Network, Input(2, 3, 4, 5), Tanh, AdaptiveAvgPool(2, 2, 3)]
public sealed partial class AdaptiveVolume;

[Network, Input(3, 4, 5)]
[Pad(1, 2, 0, 1, Value = 0.5), Conv(9, 3), Tanh, Pad(2, Mode = PadMode.Reflect), Conv(2, 3, Padding = 1), Pad(0, 1, 3, 0, Mode = PadMode.Replicate)]
public sealed partial class Padded;

[Network, Input(2, 5), Pad(3, Mode = PadMode.Reflect), SiLU, Pad(1, 0), Pad(2, Mode = PadMode.Replicate)]
public sealed partial class PaddedSequence;

[Network, Input(2, 2, 3, 4), Pad(1, 2, 3, 0, 1, 2, Mode = PadMode.Reflect), Tanh, Pad(2, Mode = PadMode.Replicate), Pad(1), AvgPool(2)]
public sealed partial class PaddedVolume;

[Network, Input(3, 4, 3)]
[Conv(10, 1, Name = "x"), Upsample(2, Mode = UpsampleMode.Bilinear), Tanh, Conv(2, 3, Padding = 1), Upsample(3), Conv(2, 3, Stride = 2, Padding = 1)]
public sealed partial class Upsampled;

[Network, Input(2, 5), Conv(9, 2), Upsample(3), Softplus, Conv(2, 3, Padding = 1)]
public sealed partial class UpsampledSequence;

[Network, Input(2, 2, 3, 2), Upsample(2), Tanh, Conv(3, 2)]
public sealed partial class UpsampledVolume;

[Network, Input(3, 4, 5)]
[Conv(10, 3, Padding = 1), LayerNorm, Tanh, Conv(6, 3, Padding = 1), GroupNorm(3), SiLU, Conv(5, 1), InstanceNorm(Affine = true), Sigmoid]
[LayerNorm(Affine = false), Conv(4, 3), GroupNorm(2, Affine = false, Epsilon = 0.1), InstanceNorm]
public sealed partial class ImageNorms;

[Network, Input(9), LayerNorm, Linear(12), Tanh, GroupNorm(4), Linear(20), LayerNorm(Epsilon = 0.01), Linear(3), GroupNorm(1)]
public sealed partial class FlatImageNorms;

[Network, Input(3, 7), InstanceNorm(Affine = true), Conv(6, 3), GroupNorm(2), Tanh, LayerNorm]
public sealed partial class SequenceNorms;

[Network, Input(2, 3, 4, 3), GroupNorm(1), Conv(4, 2), InstanceNorm, Tanh, Conv(5, 1), LayerNorm]
public sealed partial class VolumeNorms;

/// <summary>Norms of a flattened map, whose features stand in another order in memory.</summary>
[Network, Input(2, 3, 3), Conv(5, 2), Tanh, Flatten, LayerNorm, SiLU, Linear(4)]
public sealed partial class NormOfFlattened;

[Network, Input(3, 4, 4)]
[Conv(13, 3, Padding = 1), LocalResponseNorm(5, Alpha = 0.5, K = 2), Conv(9, 1), LocalResponseNorm(4, Alpha = 0.3, Beta = 0.6), Conv(3, 3)]
public sealed partial class ResponseNorms;

[Network, Input(4, 6), LocalResponseNorm(3, Alpha = 1), Conv(5, 3), Tanh]
public sealed partial class ResponseNormSequence;

[Network, Input(3, 2, 3, 2), LocalResponseNorm(2, Alpha = 0.4, Beta = 1)]
public sealed partial class ResponseNormVolume;

/// <summary>Frozen layers with parameters of every kind: gradients pass through them.</summary>
[Network, Input(3, 4, 4)]
[Conv(6, 1), ConvTranspose(4, 2, Stride = 2, Frozen = true), Tanh, LayerNorm(Frozen = true)]
[GroupNorm(2, Frozen = true), InstanceNorm(Affine = true, Frozen = true)]
[SiLU, Normalize(Mean = [0.1, -0.2, 0, 0.3], Deviation = [0.5, 2, 1, 0.8]), Conv(3, 3, Stride = 2)]
public sealed partial class FrozenLayers;

/// <summary>Everything frozen behind the input's gradient alone.</summary>
[Network, Input(2, 4, 4)]
[LayerNorm(Frozen = true), ConvTranspose(3, 3, Frozen = true), GroupNorm(3), LocalResponseNorm(2), Conv(2, 3, Frozen = true)]
public sealed partial class LearnsInTheMiddle;
