namespace Cnn.Definitions;

/// <summary>Layers that move elements and compute nothing. Axes are numbered as in PyTorch: 0 is the batch, 1 the channels.</summary>
internal static class MovementLayers
{
    /// <summary>As each layer says it that has an axis.</summary>
    public const string AxisMeaning = "1 is the channels, 2 the first axis behind them; negative ones count from the end, -1 is the last.";

    private static readonly ArgumentDefinition DepthFirst = ArgumentDefinition.Flag(
        "DepthFirst",
        "Whether the channels of one place in a block lie side by side, as in ONNX's mode DCR and in TensorFlow, and not the places of one channel.",
        false);

    public static IReadOnlyList<LayerDefinition> All { get; } =
    [
        new(
            "Permute",
            "The axes in another order (PyTorch's permute): axis i of the output is axis <see cref=\"Order\"/>[i] of the input.",
            ArgumentDefinition.Integers(
                "Order",
                "The axes of the input in the order that they get, each once and without the batch: <c>[Permute(2, 3, 1)]</c> puts the channels last. "
                + AxisMeaning)
                .ByPlace()),
        new(
            "Reshape",
            "The same elements in the same order under another shape (PyTorch's reshape).",
            ArgumentDefinition.Integers(
                "Shape",
                "The lengths of the output without the batch, channels first; one number makes a flat vector. One may be -1: it follows from the others.")
                .ByPlace())
        {
            ComesBackAsOthers = true,
        },
        new(
            "Slice",
            "The elements from one index of an axis up to another, or every so many-th of them (ONNX's Slice).",
            ArgumentDefinition.Integer("Start", "The first index that is taken; negative ones count from the end.").ByPlace(),
            ArgumentDefinition.Integer(
                "End",
                "The index behind the last one; negative ones count from the end, and larger ones than there are mean the end. Left out, all that is there in "
                + "the direction of <see cref=\"Step\"/>.",
                int.MaxValue)
                .ByPlace(),
            ArgumentDefinition.Integer("Step", "The distance of the elements that are taken, not 0; a negative one goes backwards.", 1),
            ArgumentDefinition.Integer("Axis", "The axis: " + AxisMeaning, 1)),
        new(
            "PixelShuffle",
            "Makes blocks of positions of blocks of channels, so that every axis is longer by a factor (Shi et al., arXiv 1609.05158; PyTorch's PixelShuffle, "
            + "on any number of axes).",
            ArgumentDefinition.Integer("Factor", "Positions of a block along each axis, at least 1; a block's channels must divide the input's.").ByPlace(),
            DepthFirst)
        {
            Remarks = "In two dimensions channel c r² + i r + j of the input is channel c of the output at row i and column j of each block.",
        },
        new(
            "PixelUnshuffle",
            "Makes blocks of channels of blocks of positions, the way back of <see cref=\"PixelShuffleAttribute\"/> (PyTorch's PixelUnshuffle, on any number "
            + "of axes).",
            ArgumentDefinition.Integer("Factor", "Positions of a block along each axis, at least 1; it must divide every axis.").ByPlace(),
            DepthFirst)
        {
            ComesBackAsOthers = true,
        },
        new(
            "ChannelShuffle",
            "Takes the first channel of each group of neighbouring channels, then the second of each, and so on (Zhang et al., arXiv 1707.01083; PyTorch's "
            + "ChannelShuffle).",
            ArgumentDefinition.Integer("Groups", "How many groups, at least 1; must divide the channels.").ByPlace())
        {
            ComesBackAsOthers = true,
        },
    ];
}
