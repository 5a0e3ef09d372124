namespace Cnn;

/// <summary>What every layer with a sliding window has: kernel size, stride, padding and dilation.</summary>
/// <remarks>
/// The output length of an axis is floor((length + padding begin + padding end - dilation (kernel - 1) - 1) / stride) + 1,
/// as PyTorch defines it. An array property overrules the scalar one.
/// </remarks>
public abstract class WindowAttribute : LayerAttribute
{
    private protected WindowAttribute(int[] kernel) => Kernel = kernel;

    /// <summary>The kernel size: one number for all axes, or one per axis.</summary>
    public int[] Kernel { get; }

    /// <summary>The step of the window on every axis.</summary>
    public int Stride { get; set; }

    /// <summary>The step of the window, one per axis.</summary>
    public int[]? Strides { get; set; }

    /// <summary>Elements added at both ends of every axis. Default 0.</summary>
    public int Padding { get; set; }

    /// <summary>Padding, one per axis, or all begins and then all ends.</summary>
    public int[]? Paddings { get; set; }

    /// <summary>The distance between the kernel's elements on every axis. Default 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Dilation, one per axis.</summary>
    public int[]? Dilations { get; set; }
}
