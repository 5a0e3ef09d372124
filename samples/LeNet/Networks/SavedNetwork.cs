using Cnn;

namespace LeNetSample;

/// <summary>Makes and loads the networks of the sample.</summary>
internal static class SavedNetwork
{
    // More than any header of these networks, so that a damaged length cannot ask for all memory.
    private const int LongestHeader = 64 * 1024;

    /// <summary>A network with initial parameters.</summary>
    public static INetwork Create(NetworkKind kind, int seed) => kind switch
    {
        NetworkKind.BatchNorm => new LeNetBatchNorm(seed),
        NetworkKind.Small => new SmallNetwork(seed),
        _ => new LeNet(seed),
    };

    /// <summary>What is in a network of a kind.</summary>
    public static NetworkSummary Summary(NetworkKind kind) => kind switch
    {
        NetworkKind.BatchNorm => LeNetBatchNorm.Summary,
        NetworkKind.Small => SmallNetwork.Summary,
        _ => LeNet.Summary,
    };

    /// <summary>Loads whichever of the networks the file belongs to.</summary>
    /// <exception cref="WeightsException">There is no such file, or it is damaged; the message says what to do.</exception>
    public static INetwork Load(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            NetworkKind kind = KindOf(stream);
            stream.Position = 0;
            return kind switch
            {
                NetworkKind.BatchNorm => LeNetBatchNorm.Load(stream),
                NetworkKind.Small => SmallNetwork.Load(stream),
                _ => LeNet.Load(stream),
            };
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

    /// <summary>Which layers the file's header names. Damage of any kind is left to the loader to report.</summary>
    private static NetworkKind KindOf(Stream stream)
    {
        Span<byte> header = new byte[LongestHeader];
        header = header[..stream.ReadAtLeast(header, LongestHeader, throwOnEndOfStream: false)];
        if (header.IndexOf("\"conv6."u8) >= 0)
            return NetworkKind.Small;
        return header.IndexOf("\"batchnorm1."u8) >= 0 ? NetworkKind.BatchNorm : NetworkKind.LeNet;
    }
}
