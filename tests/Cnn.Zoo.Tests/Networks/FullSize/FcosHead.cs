namespace Cnn.Zoo;

/// <summary>
/// The head of FCOS (Tian et al., arXiv 1904.01355, figure 2) on one map of a feature pyramid, as torchvision has it: at each position scores of 91 classes,
/// the distances to a box's sides, and how near its centre is.
/// </summary>
[Network, Input(256, 100, 100)]
[Block<FcosStep>(Repeat = 4), Conv(91, 3, Padding = 1), Output("scores")]
[Block<FcosStep>(Repeat = 4, From = "input", Name = "tower"), Conv(4, 3, Padding = 1), ReLU, Output("distances")]
[Conv(1, 3, Padding = 1, From = "tower"), Output("centerness")]
public sealed partial class FcosHead;
