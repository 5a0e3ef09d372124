using Cnn;

namespace DenoisingSample;

/// <summary>Down to a sixteenth of the numbers and up again: noise does not come through.</summary>
[Network, Input(1, 28, 28)]
[Conv(16, 3, Padding = 1), ReLU, MaxPool(2)]
[Conv(8, 3, Padding = 1), ReLU, MaxPool(2)]
[ConvTranspose(16, 2, Stride = 2), ReLU]
[ConvTranspose(16, 2, Stride = 2), ReLU]
[Conv(1, 3, Padding = 1), Sigmoid]
public sealed partial class Denoiser;
