namespace LeNetSample.Commands;

/// <summary>Makes sure before the training that its result can be saved after it.</summary>
internal static class WeightsTarget
{
    /// <exception cref="UsageException">The file could not be written.</exception>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
            throw new UsageException($"--out {path} is a folder. Name a file in it.");
        if (File.Exists(path) && new FileInfo(path).IsReadOnly)
            throw new UsageException($"--out {path} is read-only. Make it writable, or name another file.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (!Directory.Exists(folder))
            throw new UsageException($"--out {path}: there is no folder '{folder}'. Make it first.");
        try
        {
            string probe = Path.Combine(folder, $".{Path.GetRandomFileName()}");
            using FileStream stream = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out {path}: the folder '{folder}' cannot be written ({exception.Message}). Name a file elsewhere.", exception);
        }
    }
}
