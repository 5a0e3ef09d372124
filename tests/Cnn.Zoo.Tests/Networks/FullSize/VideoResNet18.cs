namespace Cnn.Zoo;

/// <summary>R3D-18 (Tran et al., arXiv 1711.11248, table 1), as torchvision has it: ResNet-18's blocks in three dimensions, for 16 frames.</summary>
[Network, Input(3, 16, 112, 112)]
[Conv(64, 3, 7, 7, Strides = [1, 2, 2], Paddings = [1, 3, 3], Bias = false), BatchNorm, ReLU]
[Block<BasicBlock>(64, Repeat = 2)]
[Block<BasicBlock>(128, 2, Repeat = 2)]
[Block<BasicBlock>(256, 2, Repeat = 2)]
[Block<BasicBlock>(512, 2, Repeat = 2)]
[GlobalAvgPool, Flatten, Linear(400)]
public sealed partial class VideoResNet18;
