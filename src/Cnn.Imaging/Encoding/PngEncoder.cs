using System.Buffers.Binary;
using System.IO.Compression;
using Cnn.Imaging.Decoding.Png;

namespace Cnn.Imaging.Encoding;

/// <summary>Writes PNG files: 8 bits a channel, each row as its difference from the one above.</summary>
internal static class PngEncoder
{
    private const byte UpFilter = 2;

    public static byte[] Encode(Picture picture)
    {
        using MemoryStream file = new();
        file.Write(PngFile.Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        header[8] = 8;
        header[9] = (byte)(picture.Channels == 1 ? PngColour.Grey : PngColour.Rgb);
        header[10..].Clear();
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Compressed(picture));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compressed(Picture picture)
    {
        using MemoryStream bytes = new();
        using (ZLibStream zlib = new(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            int stride = picture.Width * picture.Channels;
            byte[] line = new byte[stride + 1];
            line[0] = UpFilter;
            for (int y = 0; y < picture.Height; y++)
            {
                ReadOnlySpan<byte> row = picture.Pixels.Slice(y * stride, stride);
                ReadOnlySpan<byte> above = y == 0 ? [] : picture.Pixels.Slice((y - 1) * stride, stride);
                for (int i = 0; i < stride; i++)
                    line[i + 1] = (byte)(row[i] - (y == 0 ? 0 : above[i]));
                zlib.Write(line);
            }
        }

        return bytes.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        file.Write(number);
    }
}
