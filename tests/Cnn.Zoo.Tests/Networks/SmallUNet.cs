namespace Cnn.Zoo;

/// <summary>A U-Net of three levels (Ronneberger et al., arXiv 1505.04597, figure 1) with padding and BatchNorm, for labels per pixel.</summary>
[Network, Input(1, 32, 32)]
[Block<DoubleConv>(8, Name = "fine"), MaxPool(2)]
[Block<DoubleConv>(16, Name = "middle"), MaxPool(2)]
[Block<DoubleConv>(32)]
[ConvTranspose(16, 2, Stride = 2), Concat("middle"), Block<DoubleConv>(16)]
[ConvTranspose(8, 2, Stride = 2), Concat("fine"), Block<DoubleConv>(8)]
[Conv(3, 1)]
public sealed partial class SmallUNet;
