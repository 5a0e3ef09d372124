namespace Cnn.Imaging.Decoding.Webp;

/// <summary>The chunks of a file that make a still picture.</summary>
/// <param name="Lossy">VP8.</param>
/// <param name="Lossless">VP8L.</param>
/// <param name="Alpha">ALPH.</param>
/// <param name="Orientation">EXIF's.</param>
internal sealed record WebpChunks(ReadOnlyMemory<byte>? Lossy, ReadOnlyMemory<byte>? Lossless, ReadOnlyMemory<byte>? Alpha, int Orientation)
{
    private const int HeaderBytes = 12;

    public static WebpChunks Read(ReadOnlySpan<byte> file)
    {
        WebpChunks chunks = new(null, null, null, 1);
        uint declared = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        if (declared > file.Length - 8)
            throw PictureException.Truncated("WebP");
        for (ReadOnlySpan<byte> rest = file[HeaderBytes..(8 + (int)declared)]; rest.Length >= 8;)
        {
            ReadOnlySpan<byte> data = WebpDecoder.Next(ref rest, out ReadOnlySpan<byte> type);
            if (type.SequenceEqual("VP8 "u8))
                chunks = chunks with { Lossy = chunks.Lossy ?? data.ToArray() };
            else if (type.SequenceEqual("VP8L"u8))
                chunks = chunks with { Lossless = chunks.Lossless ?? data.ToArray() };
            else if (type.SequenceEqual("ALPH"u8))
                chunks = chunks with { Alpha = chunks.Alpha ?? data.ToArray() };
            else if (type.SequenceEqual("EXIF"u8))
                chunks = chunks with { Orientation = Exif.Orientation(data) };
            else if (type.SequenceEqual("ANMF"u8))
                throw PictureException.Unsupported("WebP", "an animation");
        }

        return chunks;
    }
}
