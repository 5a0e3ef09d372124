using System.Buffers.Binary;

namespace Cnn.Imaging.Decoding.Webp;

/// <summary>Decodes WebP files, lossy and lossless, to the values of libwebp.</summary>
internal static class WebpDecoder
{
    private const int HeaderBytes = 12;

    public static PictureInfo Identify(ReadOnlySpan<byte> file)
    {
        for (ReadOnlySpan<byte> rest = file[HeaderBytes..]; ;)
        {
            ReadOnlySpan<byte> data = Next(ref rest, out ReadOnlySpan<byte> type, mayBeCutOff: true);
            if (type.SequenceEqual("VP8 "u8))
            {
                (int width, int height) = LossyHeader.Size(data);
                return Info(width, height);
            }

            if (type.SequenceEqual("VP8L"u8))
            {
                (int width, int height, _) = LosslessDecoder.Header(data);
                return Info(width, height);
            }

            if (type.SequenceEqual("ANIM"u8) || type.SequenceEqual("ANMF"u8))
                throw PictureException.Unsupported("WebP", "an animation");
        }
    }

    public static Raster Decode(ReadOnlySpan<byte> file, bool withAlpha)
    {
        WebpChunks chunks = WebpChunks.Read(file);
        if (chunks.Lossless is { } lossless)
        {
            (int columns, int rows, bool hasAlpha) = LosslessDecoder.Header(lossless.Span);
            return Lossless(LosslessDecoder.Decode(lossless), columns, rows, hasAlpha && withAlpha, chunks.Orientation);
        }

        if (chunks.Lossy is not { } lossy)
            throw PictureException.Damaged("WebP", "it has no picture");
        (int width, int height) = LossyHeader.Size(lossy.Span);
        byte[] pixels = LossyDecoder.Decode(lossy);
        return withAlpha && chunks.Alpha is { } alpha
            ? new Raster(width, height, 4, Joined(pixels, WebpAlpha.Decode(alpha, width, height)), chunks.Orientation)
            : new Raster(width, height, 3, pixels, chunks.Orientation);
    }

    /// <summary>The next chunk: four letters, a length, data, and a byte where the length is odd.</summary>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> type, bool mayBeCutOff = false)
    {
        if (rest.Length < 8)
            throw PictureException.Truncated("WebP");
        type = rest[..4];
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        if (length > rest.Length - 8 && !mayBeCutOff)
            throw PictureException.Truncated("WebP");
        int held = (int)Math.Min(length, rest.Length - 8);
        ReadOnlySpan<byte> data = rest.Slice(8, held);
        rest = rest[Math.Min(rest.Length, 8 + held + (held & 1))..];
        return data;
    }

    private static PictureInfo Info(int width, int height) => width > 0 && height > 0
        ? new PictureInfo(PictureFormat.WebP, width, height)
        : throw PictureException.Damaged("WebP", $"its size is {width}x{height}");

    private static Raster Lossless(uint[] source, int width, int height, bool withAlpha, int orientation)
    {
        int channels = withAlpha ? 4 : 3;
        byte[] pixels = new byte[checked(source.Length * channels)];
        for (int i = 0, at = 0; i < source.Length; i++, at += channels)
        {
            uint pixel = source[i];
            (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)(pixel >> 16), (byte)(pixel >> 8), (byte)pixel);
            if (withAlpha)
                pixels[at + 3] = (byte)(pixel >> 24);
        }

        return new Raster(width, height, channels, pixels, orientation);
    }

    private static byte[] Joined(byte[] colours, byte[] alpha)
    {
        byte[] pixels = new byte[checked(alpha.Length * 4)];
        for (int i = 0; i < alpha.Length; i++)
        {
            colours.AsSpan(3 * i, 3).CopyTo(pixels.AsSpan(4 * i));
            pixels[(4 * i) + 3] = alpha[i];
        }

        return pixels;
    }
}
