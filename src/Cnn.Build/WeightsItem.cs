namespace Cnn.Build;

/// <summary>An item <c>CnnWeights</c> of the project, and what becomes of it.</summary>
/// <param name="Path">The weights file.</param>
/// <param name="Network">The class that it belongs to, with or without its namespace.</param>
/// <param name="Manifest">The file to write that tells the compiler what is in it.</param>
/// <param name="Packed">The file to write with the packed weights, the resource.</param>
internal sealed record WeightsItem(string Path, string Network, string Manifest, string Packed)
{
    /// <summary>Reads <c>path|network|manifest|packed</c>; a path of Windows cannot have the bar, and elsewhere nobody uses it.</summary>
    public static WeightsItem Parse(string text) => text.Split('|') switch
    {
        [var path, var network, var manifest, var packed] => new WeightsItem(path, network, manifest, packed),
        _ => throw new ArgumentException($"'{text}' does not name a weights file, a network and two files to write, separated by bars: choose a path without bars."),
    };
}
