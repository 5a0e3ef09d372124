namespace Cnn.Definitions;

/// <summary>Layers that slide a window, and linear layers.</summary>
internal static class WindowLayers
{
    private const string OutputOfPool = "The gradient goes to the first largest element.";

    private static readonly ArgumentDefinition Kernel =
        ArgumentDefinition.Integers("Kernel", "The kernel size: one number for all axes, or one per axis.").ByPlace();

    private static readonly ArgumentDefinition CeilMode =
        ArgumentDefinition.Flag("CeilMode", "Rounds output lengths up instead of down; a window that would start in the end padding is dropped.", false);

    private static readonly ArgumentDefinition Groups =
        ArgumentDefinition.Integer("Groups", "Channels are split into this many groups that do not see each other. Must divide both channel counts.", 1);

    private static readonly ArgumentDefinition Bias = ArgumentDefinition.Flag("Bias", "Whether a learned number is added to each output channel.", true);

    /// <summary>What the attributes with a window derive from.</summary>
    public static LayerDefinition Base { get; } = new(
        "Window",
        "What every layer with a sliding window has: kernel size, stride, padding and dilation.",
        [Kernel, .. Sliding(null)])
    {
        Remarks = """
            The output length of an axis is floor((length + padding begin + padding end - dilation (kernel - 1) - 1) / stride) + 1,
            as PyTorch defines it. An array property overrules the scalar one.
            """,
    };

    public static IReadOnlyList<LayerDefinition> All { get; } =
    [
        new(
            "Conv",
            "Convolution (cross-correlation, as PyTorch's Conv1d, Conv2d and Conv3d): y[o] = bias[o] + sum over i of weight[o, i] * x[i].",
            [ArgumentDefinition.Integer("OutChannels", "The number of filters, and so of output channels.").ByPlace(), Kernel, .. Sliding(1), Groups, Bias])
        {
            Base = Base,
            Remarks = """
                Parameters: <c>weight [out, in / groups, kernel...]</c>, <c>bias [out]</c>. Both start uniform in plus or minus
                1 / sqrt(in / groups * kernel elements), PyTorch's default. Multiply-adds: outputs * in / groups * kernel elements.
                """,
        },
        new(
            "ConvTranspose",
            "Transposed convolution (PyTorch's ConvTranspose1d, 2d and 3d): the input gradient of <see cref=\"ConvAttribute\"/> as a layer, which "
            + "enlarges by its stride.",
            [
                ArgumentDefinition.Integer("OutChannels", "The number of output channels.").ByPlace(),
                Kernel,
                .. Sliding(1),
                ArgumentDefinition.Integer(
                    "OutputPadding",
                    "Elements added at the end of every axis, fewer than the stride or the dilation: a strided convolution makes one length of several, "
                    + "and this says which of them comes back.",
                    0),
                ArgumentDefinition.Integers("OutputPaddings", "Output padding, one per axis."),
                Groups,
                Bias,
            ])
        {
            Base = Base,
            Remarks = """
                <para>
                y[o, i * stride + k * dilation - padding] = bias[o] + the sum over i, k and inputs c of weight[c, o, k] * x[c, i]. The output length of an
                axis is (length - 1) * stride - padding begin - padding end + dilation (kernel - 1) + output padding + 1: padding takes away what a
                convolution would have added.
                </para>
                <para>
                Parameters: <c>weight [in, out / groups, kernel...]</c>, <c>bias [out]</c>. Both start uniform in plus or minus 1 / sqrt(out / groups *
                kernel elements), PyTorch's default. Multiply-adds: inputs * out / groups * kernel elements.
                </para>
                """,
        },
        new(
            "MaxPool",
            $"The largest element of each window (PyTorch's MaxPool). Padding never wins. {OutputOfPool} The stride is the kernel unless given.",
            [Kernel, .. Sliding(null), CeilMode])
        {
            Base = Base,
            IsFollower = true,
        },
        new(
            "AvgPool",
            "The mean of each window (PyTorch's AvgPool). The stride is the kernel unless given.",
            [Kernel, .. Sliding(null), CeilMode, ArgumentDefinition.Flag("CountIncludePad", "Whether padding counts as zeros in the mean.", true)])
        {
            Base = Base,
            IsFollower = true,
        },
        new("GlobalAvgPool", "The mean of each channel's whole feature map. The axes stay, with length 1."),
        new("GlobalMaxPool", $"The largest element of each channel's whole feature map. The axes stay, with length 1. {OutputOfPool}"),
        new(
            "AdaptiveAvgPool",
            "Means over as many windows as the output has elements, whatever the input's size (PyTorch's AdaptiveAvgPool).",
            ArgumentDefinition.Integers("Size", "The output's axes: one number for all axes, or one per axis.").ByPlace())
        {
            Remarks = """
                Window i of an axis goes from floor(i * length / size) up to, not including, ceil((i + 1) * length / size): windows overlap where the size
                does not divide the length.
                """,
            ComesBackAsOthers = true,
        },
        new(
            "Linear",
            "A fully connected layer, y = weight x + bias (PyTorch's Linear). Its input is flat.",
            ArgumentDefinition.Integer("OutFeatures", "The number of outputs.").ByPlace(),
            ArgumentDefinition.Flag("Bias", "Whether a learned number is added to each output.", true))
        {
            Remarks = "Parameters: <c>weight [out, in]</c>, <c>bias [out]</c>, both uniform in plus or minus 1 / sqrt(in) at the start.",
        },
    ];

    /// <param name="stride">Null where it is the kernel.</param>
    private static ArgumentDefinition[] Sliding(int? stride) =>
    [
        ArgumentDefinition.Integer("Stride", "The step of the window on every axis.", stride),
        ArgumentDefinition.Integers("Strides", "The step of the window, one per axis."),
        ArgumentDefinition.Integer("Padding", "Elements added at both ends of every axis.", 0),
        ArgumentDefinition.Integers("Paddings", "Padding, one per axis, or all begins and then all ends."),
        ArgumentDefinition.Integer("Dilation", "The distance between the kernel's elements on every axis.", 1),
        ArgumentDefinition.Integers("Dilations", "Dilation, one per axis."),
    ];
}
