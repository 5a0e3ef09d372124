namespace Cnn.Zoo;

/// <summary>Szegedy et al., arXiv 1409.4842, table 1, without the auxiliary classifiers and without the normalisation across channels.</summary>
[Network, Input(3, 224, 224)]
[Conv(64, 7, Stride = 2, Padding = 3), ReLU, MaxPool(3, Stride = 2, CeilMode = true)]
[Conv(64, 1), ReLU, Conv(192, 3, Padding = 1), ReLU, MaxPool(3, Stride = 2, CeilMode = true)]
[Block<Inception>(64, 96, 128, 16, 32, 32)]
[Block<Inception>(128, 128, 192, 32, 96, 64)]
[MaxPool(3, Stride = 2, CeilMode = true)]
[Block<Inception>(192, 96, 208, 16, 48, 64)]
[Block<Inception>(160, 112, 224, 24, 64, 64)]
[Block<Inception>(128, 128, 256, 24, 64, 64)]
[Block<Inception>(112, 144, 288, 32, 64, 64)]
[Block<Inception>(256, 160, 320, 32, 128, 128)]
[MaxPool(3, Stride = 2, CeilMode = true)]
[Block<Inception>(256, 160, 320, 32, 128, 128)]
[Block<Inception>(384, 192, 384, 48, 128, 128)]
[GlobalAvgPool, Flatten, Dropout(0.4), Linear(1000)]
public sealed partial class GoogLeNet;
