namespace Cnn;

/// <summary>The largest element of each window (PyTorch's MaxPool). Padding never wins. The gradient goes to the first largest element.</summary>
/// <param name="kernel">The window: one number for all axes, or one per axis. The stride is the kernel unless given.</param>
public sealed class MaxPoolAttribute(params int[] kernel) : WindowAttribute(kernel)
{
    /// <summary>Rounds output lengths up instead of down; a window that would start in the end padding is dropped. Default false.</summary>
    public bool CeilMode { get; set; }
}
