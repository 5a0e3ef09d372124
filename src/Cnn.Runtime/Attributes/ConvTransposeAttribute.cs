namespace Cnn;

/// <summary>Transposed convolution (PyTorch's ConvTranspose1d, 2d and 3d): the input gradient of <see cref="ConvAttribute"/> as a layer, which enlarges by its stride.</summary>
/// <remarks>
/// <para>
/// y[o, i * stride + k * dilation - padding] = bias[o] + the sum over i, k and inputs c of weight[c, o, k] * x[c, i]. The output length of an axis is
/// (length - 1) * stride - padding begin - padding end + dilation (kernel - 1) + output padding + 1: padding takes away what a convolution would have added.
/// </para>
/// <para>
/// Parameters: <c>weight [in, out / groups, kernel...]</c>, <c>bias [out]</c>. Both start uniform in plus or minus 1 / sqrt(out / groups * kernel elements),
/// PyTorch's default. Multiply-adds: inputs * out / groups * kernel elements.
/// </para>
/// </remarks>
public sealed class ConvTransposeAttribute : WindowAttribute
{
    /// <summary>Transposed convolution with <paramref name="outChannels"/> output channels.</summary>
    /// <param name="outChannels">The number of output channels.</param>
    /// <param name="kernel">The kernel size: one number for all axes, or one per axis.</param>
    public ConvTransposeAttribute(int outChannels, params int[] kernel) : base(kernel)
    {
        OutChannels = outChannels;
        Stride = 1;
    }

    /// <summary>The number of output channels.</summary>
    public int OutChannels { get; }

    /// <summary>
    /// Elements added at the end of every axis, fewer than the stride or the dilation: a strided convolution makes one length of several, and this says
    /// which of them comes back. Default 0.
    /// </summary>
    public int OutputPadding { get; set; }

    /// <summary>Output padding, one per axis.</summary>
    public int[]? OutputPaddings { get; set; }

    /// <summary>Channels are split into this many groups that do not see each other. Must divide both channel counts. Default 1.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether a learned number is added to each output channel. Default true.</summary>
    public bool Bias { get; set; } = true;
}
