namespace Cnn.Plots.Tests;

[Network]
[Input(1, 12, 12)]
[Conv(6, 5, Padding = 2), ReLU, MaxPool(2)]
[Flatten, Linear(3)]
public sealed partial class Grey;

[Network]
[Input(3, 8, 8)]
[Conv(4, 3, Padding = 1), ReLU]
[Flatten, Linear(3)]
public sealed partial class Coloured;

[Network]
[Input(5)]
[Linear(4), ReLU, Linear(3)]
public sealed partial class Flat;

[Network]
[Input(130)]
[Linear(2)]
public sealed partial class Long;

[Network]
[Input(2, 20)]
[Conv(3, 3, Padding = 1), Flatten, Linear(2)]
public sealed partial class Sequence;
