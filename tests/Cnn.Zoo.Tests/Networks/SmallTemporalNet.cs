namespace Cnn.Zoo;

/// <summary>Three levels of temporal blocks, for sequences of 20.</summary>
[Network, Input(2, 20)]
[Block<TemporalBlock>(8, 3, Repeat = 3)]
[Slice(-1, Axis = 2), Flatten, Linear(10)]
public sealed partial class SmallTemporalNet;
