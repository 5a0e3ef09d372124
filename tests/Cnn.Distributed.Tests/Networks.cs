namespace Cnn.Distributed.Tests;

/// <summary>With all that depends on the batch: statistics of micro-batches, and masks by the image's number.</summary>
[Network]
[Input(1, 12, 12)]
[Conv(8, 3, Padding = 1), BatchNorm, ReLU, MaxPool(2)]
[Conv(12, 3), ReLU, MaxPool(2)]
[Flatten]
[Linear(40), ReLU, Dropout(0.3)]
[Linear(10)]
public sealed partial class SmallNet;
