namespace Cnn.Functional.Tests.Networks;

// Networks of layers that move elements.

/// <summary>Answers of two sizes as one list; a view of what others read, and another one that is written over.</summary>
[Network, Input(3, 6, 6)]
[Conv(6, 3, Stride = 2, Padding = 1), Tanh(Name = "fine")]
[Conv(6, 3, Stride = 2, Padding = 1), Permute(2, 3, 1), Reshape(-1, 3, Name = "few")]
[Reshape(6, -1, From = "fine"), SiLU, Reshape(6, 3, 3), Add("fine"), Permute(2, 3, 1), Reshape(-1, 3), Concat("few"), Softmax(Axis = -1)]
public sealed partial class Answers;

/// <summary>Halves that are shuffled together, blocks there and back, and maps side by side.</summary>
[Network, Input(4, 4, 6)]
[Conv(12, 1), Tanh(Name = "whole"), Slice(0, 6, Name = "left"), Slice(6, From = "whole"), Conv(6, 3, Padding = 1), Concat("left"), ChannelShuffle(2)]
[PixelShuffle(2), Conv(3, 3, Padding = 1, Name = "wide"), Slice(-1, Step = -2, Axis = 3), Sigmoid(Name = "half"), Slice(0, 10, Axis = 3, From = "wide")]
[Concat("half", "wide", Axis = 3), PixelUnshuffle(2), Conv(3, 2), LogSoftmax(Axis = 2)]
public sealed partial class Shuffled;

/// <summary>Large enough for workers to share what moves.</summary>
[Network, Input(3, 48, 40)]
[Conv(24, 3, Padding = 1, Name = "a"), Permute(1, 3, 2), Conv(24, 1), Permute(1, 3, 2), Concat("a", Axis = 2), ChannelShuffle(3), Softmax(Axis = 3)]
[Conv(16, 3, Padding = 1), PixelShuffle(2), Permute(2, 3, 1)]
public sealed partial class LargeMovements;
