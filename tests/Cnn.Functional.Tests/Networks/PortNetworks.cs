namespace Cnn.Functional.Tests.Networks;

/// <summary>Two inputs of different ranks, and two outputs, one of which is a map.</summary>
[Network]
[Input(4, Name = "facts")]
[Linear(6), Softplus(Name = "context")]
[Input(6, 8, 3, Name = "left_image", Layout = DataLayout.ChannelsLast)]
[Conv(9, 3, Padding = 1), BatchNorm, SiLU(Name = "body")]
[GlobalAvgPool, Flatten, Concat("context"), Linear(5), Output("digit")]
[Conv(2, 1, From = "body"), Output("mask", Layout = DataLayout.ChannelsLast)]
public sealed partial class TwoHeads;

/// <summary>The same layers, with the caller's numbers in planes.</summary>
[Network]
[Input(4, Name = "facts")]
[Linear(6), Softplus(Name = "context")]
[Input(3, 6, 8, Name = "left_image")]
[Conv(9, 3, Padding = 1), BatchNorm, SiLU(Name = "body")]
[GlobalAvgPool, Flatten, Concat("context"), Linear(5), Output("digit")]
[Conv(2, 1, From = "body"), Output("mask")]
public sealed partial class TwoPlanarHeads;

/// <summary>Outputs in the middle of a chain, one that others read, one that is an input, and an input that nothing reads.</summary>
[Network]
[Input(3, 5, 7, Name = "picture"), Output("echo")]
[Conv(8, 3, Padding = 1), Tanh(Name = "early"), Output("first")]
[Conv(8, 3, Padding = 1), Add("early"), Output("second")]
[Flatten, Output("flat"), Linear(4), Output("scores")]
[Input(2, Name = "unread")]
public sealed partial class ManyOutputs;

/// <summary>Volumes, channels last, as input and output.</summary>
[Network]
[Input(4, 5, 6, 3, Name = "volume", Layout = DataLayout.ChannelsLast)]
[Conv(5, 3, Padding = 1), Output("inside", Layout = DataLayout.ChannelsLast)]
[Tanh, GlobalAvgPool, Flatten, Linear(2), Output("scores")]
public sealed partial class VolumePorts;

/// <summary>Bytes as decoders give them, normalised in the network.</summary>
[Network]
[Input(7, 5, 3, Layout = DataLayout.ChannelsLast, Element = PortElement.UInt8)]
[Normalize(Mean = [123.7, 116.3, 103.5], Deviation = [58.4, 57.1, 57.4])]
[Conv(8, 3, Padding = 1), ReLU, GlobalAvgPool, Flatten, Linear(3)]
public sealed partial class BytePixels;
