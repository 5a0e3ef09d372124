namespace Cnn.Definitions;

/// <summary>All kinds of layers. A new one is an entry in the table of its family; docs/adding-a-layer.md says what else it needs.</summary>
internal static class LayerTable
{
    public static IReadOnlyList<LayerDefinition> All { get; } =
    [
        .. WindowLayers.All,
        .. ShapeLayers.All,
        .. MovementLayers.All,
        .. NormLayers.All,
        .. BinaryLayers.All,
        .. ReductionLayers.All,
        .. GraphLayers.All,
        .. ActivationLayers.All,
    ];

    private static readonly Dictionary<string, LayerDefinition> ByKind = All.ToDictionary(static layer => layer.Kind, StringComparer.Ordinal);

    /// <summary>What every attribute has, and LayerAttribute declares.</summary>
    public static IReadOnlyList<ArgumentDefinition> Common { get; } =
    [
        ArgumentDefinition.Text("Name", "Names the layer's output and prefixes its parameters."),
        ArgumentDefinition.Text("From", "The layer whose output is taken."),
        ArgumentDefinition.Flag("Frozen", "No gradient and no update.", false),
    ];

    /// <returns>Null for a kind that there is not.</returns>
    public static LayerDefinition? Find(string kind) => ByKind.TryGetValue(kind, out LayerDefinition? definition) ? definition : null;
}
