namespace Cnn.Generator.Model;

/// <summary>A weights file that the project puts into its assembly for a network: an item <c>CnnWeights</c>.</summary>
public sealed record ProjectWeights
{
    /// <summary>The network's class, with or without its namespace.</summary>
    public required string Network { get; init; }

    /// <summary>The name of the resource with the folded and packed weights.</summary>
    public required string Resource { get; init; }

    /// <summary>The path of the project file that has the item.</summary>
    public required string Project { get; init; }

    /// <summary>What is in the file; null before the first build.</summary>
    public WeightsManifest? Manifest { get; init; }

    /// <summary>Whether the class is one that <see cref="Network"/> names.</summary>
    public bool IsFor(TypeSpec type) => Network == type.Name || Network == type.UniqueName.Replace('+', '.');
}
