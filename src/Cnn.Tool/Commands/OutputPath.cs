using System.CommandLine;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Commands;

/// <summary>--out: the file to write, or the folder to write it into, where it is called after the network.</summary>
internal static class OutputPath
{
    public static Option<string?> Option(string what, params string[] aliases) =>
        new("--out", aliases) { Description = $"{what} to write, or a folder to write it into, called after the network. Default: the current folder." };

    /// <summary>The file; its folder is made where there is none.</summary>
    /// <param name="given">What the option says.</param>
    /// <param name="network">The network's class.</param>
    /// <param name="extension">With its dot.</param>
    public static string Of(string? given, string network, string extension)
    {
        string path = given ?? ".";
        bool isFolder = Directory.Exists(path) || Path.EndsInDirectorySeparator(path);
        if (isFolder)
            path = Path.Combine(path, network.ToLowerInvariant() + extension);
        if (Directory.Exists(path))
            throw new ImportException($"'{path}' is a folder: name a file with --out.");
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        return path;
    }
}
