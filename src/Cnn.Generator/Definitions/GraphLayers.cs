namespace Cnn.Definitions;

/// <summary>Layers that take more than the current tensor, and blocks of layers.</summary>
internal static class GraphLayers
{
    public static IReadOnlyList<LayerDefinition> All { get; } =
    [
        new(
            "Concat",
            "The current tensor and named ones, one behind the other along the channels or another axis: the current one first, then the others in the order "
            + "given.",
            ArgumentDefinition.Texts("Others",
                "The <see cref=\"LayerAttribute.Name\"/>s of those whose outputs follow the current tensor, at least one.").ByPlace(),
            ArgumentDefinition.Integer("Axis", "The axis along which they are joined: " + MovementLayers.AxisMeaning, 1))
        {
            Remarks = "All must have the same lengths along the other axes; a flat vector joins flat vectors.",
        },
        new(
            "Block",
            "Uses a block as one layer, or several times in a row.",
            ArgumentDefinition.Integers(
                "Arguments",
                "The block's <c>const int</c> members in the order in which they are declared, without those with <see "
                + "cref=\"InputChannelsAttribute\"/> and <see cref=\"RepetitionAttribute\"/>; those that are left "
                + "out keep the values that they are declared with.").ByPlace(),
            ArgumentDefinition.Integer("Repeat", "How many times the block runs, each on the output of the one before.", 1))
        {
            TypeParameter = ("TBlock", "A class with <see cref=\"BlockAttribute\"/> in the same project."),
            Remarks = """
                An unnamed use is called after the class in lower case and its ordinal among all uses of the class, each repetition counted:
                <c>basicblock1</c>. With a <see cref="LayerAttribute.Name"/> the repetitions are the name and a number from 1, unless there is one only; the
                name alone is the last one's output. Parameters are called <c>basicblock1.conv1.weight</c>.
                """,
            IsExpanded = true,
        },
        new(
            "Residual",
            "In a block: y = x + the block's input (He et al., arXiv 1512.03385).",
            ArgumentDefinition.Member("Shortcut", "What is done where the block's input has another shape than the current tensor.", "Shortcut", "Projection"))
        {
            Remarks = """
                A projection is a convolution of kernel size 1 without bias, whose stride makes the lengths fit, and a BatchNorm: parameters
                <c>basicblock1.shortcut.weight [channels, input channels, 1...]</c> and <c>basicblock1.shortcut_norm.weight</c>, <c>bias</c>,
                <c>running_mean</c>, <c>running_var</c>; of a block's second Residual, <c>shortcut2</c> and <c>shortcut2_norm</c>.
                """,
            IsExpanded = true,
        },
    ];
}
