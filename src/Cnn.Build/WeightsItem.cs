namespace Cnn.Build;

/// <summary>An item <c>CnnWeights</c> of the project, and what becomes of it.</summary>
/// <param name="Path">The weights file.</param>
/// <param name="Network">The class that it belongs to, with or without its namespace.</param>
/// <param name="Manifest">The file to write that tells the compiler what is in it.</param>
/// <param name="Packed">The file to write with the packed weights, the resource.</param>
/// <param name="Storage">In what the weights of layers are stored.</param>
internal sealed record WeightsItem(string Path, string Network, string Manifest, string Packed, WeightStorage Storage = WeightStorage.Float32)
{
    /// <summary>Reads <c>path|network|manifest|packed|storage</c>; a path of Windows cannot have the bar, and elsewhere nobody uses it.</summary>
    public static WeightsItem Parse(string text) => text.Split('|') switch
    {
        [var path, var network, var manifest, var packed, var storage] => new WeightsItem(path, network, manifest, packed, ParseStorage(storage, path)),
        _ =>
            throw new ArgumentException(
                $"'{text}' does not name a weights file, a network, two files to write and a storage, separated by bars: choose a path without bars."),
    };

    private static WeightStorage ParseStorage(string name, string path)
    {
        if (name.Length == 0)
            return WeightStorage.Float32;
        return WeightStorageNames.TryParse(name, out WeightStorage storage)
            ? storage
            : throw new ArgumentException($"The Storage of <CnnWeights Include=\"{path}\"> is '{name}', and {WeightStorageNames.All} are known.");
    }
}
