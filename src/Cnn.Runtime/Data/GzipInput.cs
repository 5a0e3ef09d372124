using System.IO.Compression;

namespace Cnn.Data;

/// <summary>Reads data files that may be gzipped. Whether one is, is told by its content, not its name.</summary>
internal static class GzipInput
{
    /// <summary>Hands a stream on, unzipped if it is zipped, and tells broken compression apart from broken content.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="stream">From where it stands; left open.</param>
    /// <param name="read">Reads the content to its end.</param>
    /// <param name="damaged">Makes the exception of a file whose compression is broken, from what is wrong with it.</param>
    /// <returns>What <paramref name="read"/> returns.</returns>
    public static T Read<T>(Stream stream, Func<Stream, T> read, Func<string, Exception, DataFormatException> damaged)
    {
        Span<byte> magic = stackalloc byte[2];
        int found = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        var whole = new PrefixedStream(magic[..found].ToArray(), stream);
        bool isGzipped = found == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
        if (!isGzipped)
            return read(whole);
        var guard = new GzipEndGuard(whole);
        try
        {
            using var unzipped = new GZipStream(guard, CompressionMode.Decompress);
            return read(unzipped);
        }
        catch (InvalidDataException exception)
        {
            throw damaged(guard.HasEnded ? "it ends inside its gzip compression" : $"its gzip compression is broken ({exception.Message})", exception);
        }
    }
}
