namespace Cnn;

/// <summary>In a block: y = x + the block's input (He et al., arXiv 1512.03385).</summary>
/// <remarks>
/// A projection is a convolution of kernel size 1 without bias, whose stride makes the lengths fit, and a BatchNorm: parameters
/// <c>basicblock1.shortcut.weight [channels, input channels, 1...]</c> and <c>basicblock1.shortcut_norm.weight</c>, <c>bias</c>, <c>running_mean</c>,
/// <c>running_var</c>; of a block's second Residual, <c>shortcut2</c> and <c>shortcut2_norm</c>.
/// </remarks>
public sealed class ResidualAttribute : LayerAttribute
{
    /// <summary>What is done where the block's input has another shape than the current tensor. Default: a projection.</summary>
    public Shortcut Shortcut { get; set; }
}
