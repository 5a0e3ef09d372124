using Cnn;

namespace DigitGanSample;

/// <summary>Paints a digit from 32 random numbers and the wish for one of the ten classes.</summary>
[Network]
[Input(32, Name = "noise")]
[Input(10, Name = "wish"), Concat("noise")]
[Linear(128 * 7 * 7, Bias = false), BatchNorm, ReLU, Reshape(128, 7, 7)]
[ConvTranspose(64, 4, Stride = 2, Padding = 1, Bias = false), BatchNorm, ReLU]
[ConvTranspose(1, 4, Stride = 2, Padding = 1), Sigmoid]
public sealed partial class Painter;

/// <summary>Tells real digits from painted ones, and which digit it is: the auxiliary classifier of Odena, Olah and Shlens (2017).</summary>
[Network, Input(1, 28, 28)]
[Conv(32, 4, Stride = 2, Padding = 1), LeakyReLU(Slope = 0.2), Dropout(0.3)]
[Conv(64, 4, Stride = 2, Padding = 1), LeakyReLU(Slope = 0.2), Dropout(0.3)]
[Flatten(Name = "features")]
[Linear(1), Output("real")]
[Linear(10, From = "features"), Output("digit")]
public sealed partial class Critic;

/// <summary>Trained apart from both on real digits: it says what the painted ones are worth.</summary>
[Network, Input(1, 28, 28)]
[Conv(20, 5, Padding = 2), ReLU, MaxPool(2)]
[Conv(50, 5, Padding = 2), ReLU, MaxPool(2)]
[Flatten, Linear(128), ReLU, Linear(10)]
public sealed partial class Judge;
