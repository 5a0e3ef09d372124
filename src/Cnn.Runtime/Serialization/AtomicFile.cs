namespace Cnn;

/// <summary>Replaces files as a whole or not at all, and leaves everything but their content as it was.</summary>
/// <remarks>
/// A link stays a link, and what it leads to is written. A file that is replaced keeps its mode and, on Linux, its owner and group; on Windows its
/// attributes and access rights. Other hard links of a file keep the old content.
/// </remarks>
internal static class AtomicFile
{
    private const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Writes a temporary file in the same folder, flushes it to the disk and renames it.</summary>
    /// <param name="path">The file to create or replace. Whatever happens, it is either the old one or the new one.</param>
    /// <param name="write">Writes the content; if it throws, the temporary file is removed.</param>
    /// <exception cref="IOException">It is a pipe, a device or a folder, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It is read-only, or its owner could not be kept.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = BehindLinks(Path.GetFullPath(path));
        bool exists = Exists(target);

        // The same folder, because only within one file system is a rename atomic.
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                // Before there is any content that others than the file's readers could see.
                if (exists)
                    KeepRights(target, temporary);
                write(stream);

                // Without it a crash of the machine can leave the new name with none of the content.
                stream.Flush(flushToDisk: true);
            }

            if (exists && OperatingSystem.IsWindows())
                File.Replace(temporary, target, destinationBackupFileName: null);
            else
                File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    /// <summary>What is to be written: the path itself, or what a link leads to, whether that exists or not.</summary>
    private static string BehindLinks(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>Whether there is a file to replace.</summary>
    private static bool Exists(string target)
    {
        if (Directory.Exists(target) || FileStatus.Of(target) is { IsRegular: false })
            throw new IOException($"'{target}' is a folder, a pipe or a device and no file, so it cannot be replaced by one. Give another path.");
        if (!File.Exists(target))
            return false;
        if (OperatingSystem.IsWindows() ? (File.GetAttributes(target) & FileAttributes.ReadOnly) != 0 : (File.GetUnixFileMode(target) & Writable) == 0)
            throw new UnauthorizedAccessException($"'{target}' is read-only. Make it writable, or give another path.");
        return true;
    }

    private static void KeepRights(string target, string temporary)
    {
        if (OperatingSystem.IsWindows())
            return;

        // The owner first: giving a file away clears bits of its mode.
        if (FileStatus.Of(target) is { } old && FileStatus.Of(temporary) != old && !old.TryGiveTo(temporary))
            throw new UnauthorizedAccessException(
                $"'{target}' belongs to another user or group, which a new file could not be given to. Remove it first, or give another path.");
        File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
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
