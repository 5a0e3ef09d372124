namespace Cnn;

/// <summary>The mean of each window (PyTorch's AvgPool).</summary>
/// <param name="kernel">The window: one number for all axes, or one per axis. The stride is the kernel unless given.</param>
public sealed class AvgPoolAttribute(params int[] kernel) : WindowAttribute(kernel)
{
    /// <summary>Rounds output lengths up instead of down; a window that would start in the end padding is dropped. Default false.</summary>
    public bool CeilMode { get; set; }

    /// <summary>Whether padding counts as zeros in the mean. Default true.</summary>
    public bool CountIncludePad { get; set; } = true;
}
