namespace Cnn.Definitions;

/// <summary>Layers that move elements and compute nothing. Axes are numbered as in PyTorch: 0 is the batch, 1 the channels.</summary>
internal static class MovementLayers
{
    /// <summary>As each layer says it that has an axis.</summary>
    public const string AxisMeaning = "1 is the channels, 2 the first axis behind them; negative ones count from the end, -1 is the last.";

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
                .ByPlace()),
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
    ];
}
