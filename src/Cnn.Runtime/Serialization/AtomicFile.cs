namespace Cnn;

/// <summary>Replaces files as a whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a temporary file in the same folder, flushes it to the disk and renames it.</summary>
    /// <param name="path">The file to create or replace. Whatever happens, it is either the old one or the new one.</param>
    /// <param name="write">Writes the content; if it throws, the temporary file is removed.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        // The same folder, because only within one file system is a rename atomic.
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                // Without it a crash of the machine can leave the new name with none of the content.
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The error that led here tells more than that its remains could not be removed.
        }
    }
}
