using Cnn;

namespace LeNetSample;

/// <summary>Makes and loads the two networks of the sample.</summary>
internal static class SavedNetwork
{
    // More than any header of these networks, so that a damaged length cannot ask for all memory.
    private const int LongestHeader = 64 * 1024;

    /// <summary>A network with initial parameters.</summary>
    public static INetwork Create(bool batchNorm, int seed) => batchNorm ? new LeNetBatchNorm(seed) : new LeNet(seed);

    /// <summary>Loads whichever of the two networks the file belongs to.</summary>
    /// <exception cref="WeightsException">There is no such file, or it is damaged; the message says what to do.</exception>
    public static INetwork Load(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            bool batchNorm = HasBatchNorm(stream);
            stream.Position = 0;
            return batchNorm ? LeNetBatchNorm.Load(stream) : LeNet.Load(stream);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WeightsException($"There is no weights file '{path}'. Run 'train' first, or name the file with --out.", exception);
        }
        catch (Exception exception) when (exception is WeightsException or IOException or UnauthorizedAccessException)
        {
            throw new WeightsException($"The weights file '{path}' cannot be used: {exception.Message} Run 'train' to make it anew, or name another with --out.", exception);
        }
    }

    /// <summary>Whether the file's header names a BatchNorm layer. Damage of any kind is left to the loader to report.</summary>
    private static bool HasBatchNorm(Stream stream)
    {
        Span<byte> header = new byte[LongestHeader];
        int length = stream.ReadAtLeast(header, LongestHeader, throwOnEndOfStream: false);
        return header[..length].IndexOf("\"batchnorm1."u8) >= 0;
    }
}
