using Cnn;

namespace TransferSample;

/// <summary>What both networks have.</summary>
[Block]
[Conv(16, 3, Padding = 1, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Conv(32, 3, Padding = 1, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Flatten, Linear(128), ReLU]
public sealed class Body;

/// <summary>Reads digits.</summary>
[Network, Input(1, 28, 28)]
[Block<Body>(Name = "body"), Linear(10, Name = "digits")]
public sealed partial class DigitNetwork;

/// <summary>Has the same body and another head.</summary>
[Network, Input(1, 28, 28)]
[Block<Body>(Name = "body"), Linear(10, Name = "things")]
public sealed partial class ThingNetwork;
