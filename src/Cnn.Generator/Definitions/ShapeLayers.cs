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
            "StochasticDepth",
            "Sets whole images to 0 with a given probability and scales the others by 1 / (1 - probability), in a Trainer only (Huang et al., arXiv "
            + "1603.09382; torchvision's, by rows).",
            ArgumentDefinition.Real("Probability", "The probability of an image to be dropped, at least 0 and less than 1.", 0.5).ByPlace() with
            {
                Default = null,
            })
        {
            Remarks = "Stands before the sum of a residual block. Reproducible from <see cref=\"TrainerOptions.Seed\"/>, whatever the number of threads.",
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
            "Gives every axis another length (PyTorch's Upsample and interpolate).",
            ArgumentDefinition.Integer("Scale", "The factor of every axis, at least 1.", 1).ByPlace(),
            ArgumentDefinition.Integers(
                "Size",
                "The output's lengths instead of a factor: one number for all axes, or one per axis. May be smaller than the input's."),
            ArgumentDefinition.Reals(
                "Scales",
                "Factors that need not be whole instead: one for all axes, or one per axis. Lengths are rounded down, and places are computed from the factors "
                + "themselves.") with
            {
                IsOptional = true,
            },
            ArgumentDefinition.Member("Mode", "How elements between those of the input are found.", "UpsampleMode", "Nearest"),
            ArgumentDefinition.Flag("AlignCorners", "Whether the outermost elements of input and output lie on each other.", false),
            ArgumentDefinition.Member("Coordinates", "Where outputs have their places in the input.", "UpsampleCoordinates", "Standard"),
            ArgumentDefinition.Member("Rounding", "Which element is the nearest one.", "UpsampleRounding", "Floor"),
            ArgumentDefinition.Real("CubicCoefficient", "The coefficient of the cubic convolution.", -0.75)),
    ];
}
