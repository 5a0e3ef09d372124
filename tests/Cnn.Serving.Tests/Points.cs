namespace Cnn.Serving.Tests;

[Network]
[Input(3)]
[Linear(8), ReLU, Linear(4)]
public sealed partial class Points;
