namespace Cnn.Onnx.Tests.Weights;

/// <summary>Parameters conv1.weight, conv1.bias, linear1.weight and linear1.bias, of four shapes.</summary>
[Network, Input(1, 4, 4)]
[Conv(2, 3), ReLU, Flatten, Linear(3)]
internal sealed partial class Mapped;
