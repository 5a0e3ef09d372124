namespace Cnn;

/// <summary>Convolution (cross-correlation, as PyTorch's Conv1d, Conv2d and Conv3d): y[o] = bias[o] + sum over i of weight[o, i] * x[i].</summary>
/// <remarks>
/// Parameters: <c>weight [out, in / groups, kernel...]</c>, <c>bias [out]</c>. Both start uniform in plus or minus
/// 1 / sqrt(in / groups * kernel elements), PyTorch's default. Multiply-adds: outputs * in / groups * kernel elements.
/// </remarks>
public sealed class ConvAttribute : WindowAttribute
{
    /// <summary>Convolution with <paramref name="outChannels"/> filters.</summary>
    /// <param name="outChannels">The number of filters, and so of output channels.</param>
    /// <param name="kernel">The kernel size: one number for all axes, or one per axis.</param>
    public ConvAttribute(int outChannels, params int[] kernel) : base(kernel)
    {
        OutChannels = outChannels;
        Stride = 1;
    }

    /// <summary>The number of filters, and so of output channels.</summary>
    public int OutChannels { get; }

    /// <summary>Channels are split into this many groups that do not see each other. Must divide both channel counts. Default 1.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether a learned number is added to each output channel. Default true.</summary>
    public bool Bias { get; set; } = true;
}
