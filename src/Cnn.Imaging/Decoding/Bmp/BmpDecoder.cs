using System.Buffers.Binary;

namespace Cnn.Imaging.Decoding.Bmp;

/// <summary>Decodes Windows bitmaps.</summary>
internal static class BmpDecoder
{
    public static PictureInfo Identify(ReadOnlySpan<byte> file)
    {
        BmpHeader header = BmpHeader.Read(file);
        return new PictureInfo(PictureFormat.Bmp, header.Width, header.Height);
    }

    public static Raster Decode(ReadOnlySpan<byte> file)
    {
        BmpHeader header = BmpHeader.Read(file);
        ReadOnlySpan<byte> pixels = file[header.PixelStart..];
        if (header.Bits > 8)
            return Colours(header, pixels);
        if (header.PaletteStart + (header.Colours * header.ColourBytes) > file.Length)
            throw PictureException.Truncated("BMP");
        ReadOnlySpan<byte> palette = file.Slice(header.PaletteStart, header.Colours * header.ColourBytes);
        return header.Compression == BmpCompression.None
            ? Indices(header, pixels, palette)
            : Named(header, BmpRuns.Decode(header, pixels), palette);
    }

    private static long Stride(BmpHeader header) => (((long)header.Width * header.Bits) + 31) / 32 * 4;

    private static ReadOnlySpan<byte> Row(BmpHeader header, ReadOnlySpan<byte> pixels, int y)
    {
        long stride = Stride(header);
        long start = (header.IsTopDown ? y : header.Height - 1L - y) * stride;
        return start + stride <= pixels.Length ? pixels.Slice((int)start, (int)stride) : throw PictureException.Truncated("BMP");
    }

    /// <summary>Before memory is asked for: a file without compression has all of its rows.</summary>
    private static void NeedRows(BmpHeader header, ReadOnlySpan<byte> pixels)
    {
        if (Stride(header) * header.Height > pixels.Length)
            throw PictureException.Truncated("BMP");
    }

    private static Raster Colours(BmpHeader header, ReadOnlySpan<byte> pixels)
    {
        NeedRows(header, pixels);
        int channels = Math.Max(3, header.Channels.Length);
        byte[] target = new byte[checked(header.Width * header.Height * channels)];
        int size = header.Bits / 8;
        int at = 0;
        for (int y = 0; y < header.Height; y++)
        {
            ReadOnlySpan<byte> row = Row(header, pixels, y);
            for (int x = 0; x < header.Width; x++, at += channels)
            {
                ReadOnlySpan<byte> pixel = row[(x * size)..];
                if (size == 3)
                {
                    (target[at], target[at + 1], target[at + 2]) = (pixel[2], pixel[1], pixel[0]);
                    continue;
                }

                uint value = size == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(pixel) : BinaryPrimitives.ReadUInt32LittleEndian(pixel);
                for (int channel = 0; channel < channels; channel++)
                    target[at + channel] = header.Channels[channel].Of(value);
            }
        }

        return new Raster(header.Width, header.Height, channels, target);
    }

    private static Raster Indices(BmpHeader header, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> palette)
    {
        NeedRows(header, pixels);
        byte[] indices = new byte[checked(header.Width * header.Height)];
        for (int y = 0; y < header.Height; y++)
        {
            ReadOnlySpan<byte> row = Row(header, pixels, y);
            for (int x = 0; x < header.Width; x++)
            {
                int bit = x * header.Bits;
                indices[(y * header.Width) + x] = (byte)((row[bit >> 3] >> (8 - header.Bits - (bit & 7))) & ((1 << header.Bits) - 1));
            }
        }

        return Named(header, indices, palette);
    }

    private static Raster Named(BmpHeader header, byte[] indices, ReadOnlySpan<byte> palette)
    {
        byte[] target = new byte[checked(indices.Length * 3)];
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] >= header.Colours)
                throw PictureException.Damaged("BMP", "a pixel has a colour that its palette has not");
            ReadOnlySpan<byte> colour = palette[(indices[i] * header.ColourBytes)..];
            (target[3 * i], target[(3 * i) + 1], target[(3 * i) + 2]) = (colour[2], colour[1], colour[0]);
        }

        return new Raster(header.Width, header.Height, 3, target);
    }
}
