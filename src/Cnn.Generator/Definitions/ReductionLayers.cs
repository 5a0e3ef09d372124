namespace Cnn.Definitions;

/// <summary>Reductions over axes as layers.</summary>
internal static class ReductionLayers
{
    public static IReadOnlyList<LayerDefinition> All { get; } = [.. ReductionTable.All.Select(static reduction => new LayerDefinition(
        reduction.Kind,
        reduction.Summary,
        ArgumentDefinition.Integers(
            "Axes",
            "Which axes, at least one: 1 the channels, 2 and on the positions; negative ones count from the last, -1.").ByPlace(),
        ArgumentDefinition.Flag("KeepAxes", "Whether the axes stay, with length 1.", true))
    {
        Remarks = """
            Axes that are gone leave the others in their order, of which the first are the channels; where none is left, the output is a vector of one number.
            """,
    })];
}
