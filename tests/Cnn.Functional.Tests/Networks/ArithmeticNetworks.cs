namespace Cnn.Functional.Tests.Networks;

// Small networks around the layers of arithmetic. But for the last ones none has a kink, so that differences of the loss are slopes.

[Network, Input(3, 6, 5)]
[Conv(9, 3, Padding = 1, Name = "x"), Sigmoid(Name = "gate"), GlobalAvgPool(Name = "mean")]
[Conv(9, 1, From = "x"), Add("mean"), Divide("gate"), Subtract("x"), Conv(1, 1, Name = "one")]
[Conv(9, 3, From = "x"), GlobalAvgPool, Subtract("x"), Multiply("one"), Conv(4, 3)]
public sealed partial class Arithmetic;

[Network, Input(5, 7, 6)]
[Conv(11, 3, Padding = 1), Softplus, Log, Exp, Power(1.7), Sqrt, Conv(3, 3, Padding = 1), Softplus, Power(-1), Conv(2, 3)]
public sealed partial class ElementFunctions;

[Network, Input(3, 6, 5)]
[Conv(9, 3, Padding = 1, Name = "x"), ReduceMean(1), Conv(4, 3, Padding = 1), ReduceSum(-1), ReduceL2(2, KeepAxes = false), Flatten, Linear(9, Name = "a")]
[ReduceSum(1, From = "x"), Conv(5, 1), ReduceL2(3), ReduceMean(1, KeepAxes = false), Flatten, Linear(9), Concat("a"), ReduceMean(-1)]
public sealed partial class Reduced;

[Network, Input(3, 6, 5)]
[Conv(9, 3), Upsample(Size = [7, 5], Mode = UpsampleMode.Cubic), Conv(5, 3, Padding = 1), Upsample(2, Mode = UpsampleMode.Linear, AlignCorners = true)]
[Upsample(Scales = [0.5, 0.7], Mode = UpsampleMode.Bilinear), Upsample(Size = [6, 11], Coordinates = UpsampleCoordinates.HalfPixel), Conv(2, 3)]
public sealed partial class Resized;

[Network, Input(3, 6, 5)]
[Conv(9, 3, Padding = 1), Scale(Bias = true, Over = ScaleOver.Positions), Conv(5, 3, Padding = 1), Scale(Bias = true, Over = ScaleOver.Elements)]
[Conv(4, 1), Scale(Factor = false, Bias = true), Scale(Over = ScaleOver.Elements, Frozen = true), Conv(2, 3)]
public sealed partial class MapScales;

[Network, Input(3, 6, 5)]
[Conv(9, 3, Padding = 1), LayerNorm(ChannelsOnly = true), Conv(5, 3, Padding = 1), L2Normalize, Conv(5, 1), L2Normalize(Axis = -1)]
[Conv(6, 1), LayerNorm(ChannelsOnly = true, Affine = false), StochasticDepth(0.4), Conv(2, 3)]
public sealed partial class PositionNorms;

[Network, Input(100, 2, 2), StochasticDepth(0.3)]
public sealed partial class OnlyStochasticDepth;

[Network, Input(4), StochasticDepth(0.3, Name = "a"), StochasticDepth(0.3)]
public sealed partial class StochasticDepthTwice;

[Network, Input(3, 6, 5)]
[Conv(9, 3, Padding = 1, Name = "x"), GlobalAvgPool(Name = "mean")]
[Conv(9, 1, From = "x"), Maximum("mean"), Minimum("x"), Abs, ReduceMax(2), Conv(5, 1), ReduceMin(1), L2Normalize(Epsilon = 0.5), Flatten, Linear(4)]
public sealed partial class Comparisons;
