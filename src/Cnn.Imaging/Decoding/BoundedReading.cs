namespace Cnn.Imaging.Decoding;

/// <summary>Reads a stream to its end, or until it has more bytes than are allowed.</summary>
internal static class BoundedReading
{
    private const int FirstBuffer = 64 * 1024;

    public static ReadOnlyMemory<byte> Read(Stream stream, DecodeOptions options)
    {
        byte[] buffer = new byte[Length(stream, options)];
        int count = 0;
        while (stream.Read(buffer, count, buffer.Length - count) is > 0 and int read)
            buffer = Grown(buffer, count += read, options);
        return buffer.AsMemory(0, count);
    }

    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Stream stream, DecodeOptions options, CancellationToken cancellation)
    {
        byte[] buffer = new byte[Length(stream, options)];
        int count = 0;
        while (await stream.ReadAsync(buffer.AsMemory(count), cancellation).ConfigureAwait(false) is > 0 and int read)
            buffer = Grown(buffer, count += read, options);
        return buffer.AsMemory(0, count);
    }

    /// <summary>One byte more than there should be, so that the end is seen without growing.</summary>
    private static int Length(Stream stream, DecodeOptions options)
    {
        if (!stream.CanSeek)
            return Math.Min(FirstBuffer, options.MostBytes) + 1;
        long length = stream.Length - stream.Position;
        return length > options.MostBytes ? throw options.TooManyBytes() : (int)Math.Max(0, length) + 1;
    }

    private static byte[] Grown(byte[] buffer, int count, DecodeOptions options)
    {
        if (count > options.MostBytes)
            throw options.TooManyBytes();
        if (count == buffer.Length)
            Array.Resize(ref buffer, (int)Math.Min(2L * count, options.MostBytes + 1L));
        return buffer;
    }
}
