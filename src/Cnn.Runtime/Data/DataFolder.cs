namespace Cnn.Data;

/// <summary>Finds a dataset's files, which come under several names.</summary>
internal static class DataFolder
{
    /// <summary>The first of some files that is there, or null.</summary>
    public static string? Find(string folder, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    public static FileNotFoundException Missing(string folder, params ReadOnlySpan<string> names) =>
        new($"The folder '{folder}' has none of {string.Join(", ", names!)}; one of them is needed.", Path.Combine(folder, names[0]));
}
