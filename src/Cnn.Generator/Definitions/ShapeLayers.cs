namespace Cnn.Definitions;

/// <summary>The input, and layers that move elements or leave them as they are.</summary>
internal static class ShapeLayers
{
    public static IReadOnlyList<LayerDefinition> All { get; } =
    [
        new(
            "Input",
            "The shape of one input, without the batch.",
            ArgumentDefinition.Integers("Shape", "The shape of one input, as the caller's numbers lie.").ByPlace(),
            ArgumentDefinition.Member("Layout", "How the caller's numbers lie.", "DataLayout", "ChannelsFirst"),
            ArgumentDefinition.Member("Element", "What the caller's numbers are.", "PortElement", "Float32"))
        {
            IsWrittenByHand = true,
        },
        new("Flatten", "Makes one vector of a feature map, channel by channel, as PyTorch's Flatten.") { PassesOn = true },
        new("Identity", "Passes its input on; useful to name an output.") { PassesOn = true },
        new(
            "Dropout",
            "Sets each element to 0 with a given probability and scales the others by 1 / (1 - probability), in a Trainer only (Srivastava et al., 2014).",
            ArgumentDefinition.Real("Probability", "The probability of an element to be dropped, at least 0 and less than 1.", 0.5).ByPlace())
        {
            Remarks = "Reproducible from <see cref=\"TrainerOptions.Seed\"/>, whatever the number of threads. A Predictor has no dropout.",
            IsFollower = true,
            PassesOn = true,
        },
        new(
            "Pad",
            "Adds elements around a feature map (PyTorch's ZeroPad, ConstantPad, ReflectionPad and ReplicationPad).",
            ArgumentDefinition.Integers(
                "Paddings",
                "How many elements, at least 0: one number for all sides, or one per axis at the begins and then one per axis at the ends, outermost axis "
                + "first, as in ONNX.")
                .ByPlace(),
            ArgumentDefinition.Member("Mode", "Where the elements come from.", "PadMode", "Zero"),
            ArgumentDefinition.Real("Value", "What <see cref=\"PadMode.Zero\"/> adds.", 0)),
        new(
            "Upsample",
            "Enlarges every axis by a whole factor (PyTorch's Upsample).",
            ArgumentDefinition.Integer("Scale", "The factor, at least 1.").ByPlace(),
            ArgumentDefinition.Member("Mode", "How elements between those of the input are found.", "UpsampleMode", "Nearest")),
    ];
}
