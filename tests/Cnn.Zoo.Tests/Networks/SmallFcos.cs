namespace Cnn.Zoo;

/// <summary>A body, a pyramid of two maps and FCOS's head on each, whose answers become three lists, for images of 32x32 and 3 classes.</summary>
[Network, Input(3, 32, 32)]
[Conv(16, 4, Stride = 4, Bias = false), BatchNorm, ReLU(Name = "shallow")]
[Conv(24, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, ReLU, Conv(16, 1, Name = "coarse")]
[Upsample(2, Name = "wider"), Conv(16, 1, From = "shallow"), Add("wider", Name = "fine")]
[Block<FcosStep>(4, Repeat = 2), Conv(3, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 3, Name = "fine_scores")]
[Block<FcosStep>(4, Repeat = 2, From = "fine", Name = "fine_tower"), Conv(4, 3, Padding = 1), ReLU, Permute(2, 3, 1), Reshape(-1, 4, Name = "fine_distances")]
[Block<FcosStep>(4, Repeat = 2, From = "coarse"), Conv(3, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 3), Concat("fine_scores"), Output("scores")]
[Block<FcosStep>(4, Repeat = 2, From = "coarse", Name = "coarse_tower"), Conv(4, 3, Padding = 1), ReLU, Permute(2, 3, 1), Reshape(-1, 4)]
[Concat("fine_distances"), Output("distances")]
[Conv(1, 3, Padding = 1, From = "fine_tower"), Flatten(Name = "fine_centers"), Conv(1, 3, Padding = 1, From = "coarse_tower"), Flatten]
[Concat("fine_centers"), Output("centerness")]
public sealed partial class SmallFcos;
