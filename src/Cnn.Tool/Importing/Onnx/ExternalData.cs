using System.Globalization;
using Onnx;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>Numbers that a model keeps in a file beside it.</summary>
internal static class ExternalData
{
    /// <exception cref="ImportException">The file is missing or too short, or its path leads out of the model's folder.</exception>
    public static byte[] Read(TensorProto proto, string? folder)
    {
        Dictionary<string, string> entries = [];
        foreach (StringStringEntryProto entry in proto.ExternalData)
            entries[entry.Key] = entry.Value;
        string location = entries.GetValueOrDefault("location", "");
        if (folder is null || location.Length == 0)
            throw new ImportException($"the tensor '{proto.Name}' keeps its data in another file, and none is named");
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        string path = Path.GetFullPath(Path.Combine(root, location));
        if (!path.StartsWith(root, StringComparison.Ordinal))
            throw new ImportException($"the tensor '{proto.Name}' keeps its data in '{location}', which is outside the model's folder");
        if (!File.Exists(path))
            throw new ImportException($"the tensor '{proto.Name}' keeps its data in '{location}', and there is no such file beside the model");

        if (IsLink(path, root))
            throw new ImportException($"the tensor '{proto.Name}' keeps its data in '{location}', which is a link: copy what it leads to beside the model");

        using FileStream stream = File.OpenRead(path);
        long offset = Number(entries, "offset", 0, proto.Name);
        long length = Number(entries, "length", stream.Length - offset, proto.Name);
        if (offset < 0 || length < 0 || offset > stream.Length - length || length > Tensor.MostElements * sizeof(float))
            throw new ImportException($"the tensor '{proto.Name}' needs bytes {offset} to {offset + length} of '{location}', which has {stream.Length}");
        byte[] bytes = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Whether the file, or a folder on the way to it, is a link, which could lead anywhere.</summary>
    private static bool IsLink(string path, string root)
    {
        for (FileSystemInfo? part = new FileInfo(path); part is not null && part.FullName.Length > root.Length; part = Directory.GetParent(part.FullName))
        {
            if (part.LinkTarget is not null)
                return true;
        }

        return false;
    }

    private static long Number(Dictionary<string, string> entries, string key, long otherwise, string tensor)
    {
        if (!entries.TryGetValue(key, out string? text))
            return otherwise;
        if (!long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number))
            throw new ImportException($"the {key} of the external data of '{tensor}' is '{text}', which is no number");
        return number;
    }
}
