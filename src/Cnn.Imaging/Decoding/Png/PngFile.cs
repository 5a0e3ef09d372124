using System.Buffers.Binary;

namespace Cnn.Imaging.Decoding.Png;

/// <summary>The chunks of a file, with their checks; the compressed pixels in one piece.</summary>
internal sealed class PngFile
{
    private const int Overhead = 12;

    private PngFile(PngHeader header) => Header = header;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public PngHeader Header { get; }

    /// <summary>Red, green and blue of each colour of the palette.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>The chunk tRNS: alpha of the palette's colours, or the one grey or colour that is transparent.</summary>
    public byte[]? Transparency { get; private set; }

    public byte[] Compressed { get; private set; } = [];

    public int Orientation { get; private set; } = 1;

    public static PngHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> rest = file[Signature.Length..];
        ReadOnlySpan<byte> data = Next(ref rest, out ReadOnlySpan<byte> type);
        return type.SequenceEqual("IHDR"u8) ? PngHeader.Read(data) : throw PictureException.Damaged("PNG", "it does not begin with a header");
    }

    public static PngFile Read(ReadOnlySpan<byte> file)
    {
        PngFile png = new(ReadHeader(file));
        ReadOnlySpan<byte> rest = file[Signature.Length..];
        using MemoryStream compressed = new(Math.Min(file.Length, 1 << 20));
        while (true)
        {
            ReadOnlySpan<byte> data = Next(ref rest, out ReadOnlySpan<byte> type);
            if (type.SequenceEqual("IEND"u8))
                break;
            if (type.SequenceEqual("IDAT"u8))
                compressed.Write(data);
            else
                png.Take(type, data);
        }

        png.Compressed = compressed.ToArray();
        if (png.Header.Colour == PngColour.Palette && png.Palette.Length == 0)
            throw PictureException.Damaged("PNG", "it has no palette");
        return png;
    }

    private void Take(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (type.SequenceEqual("PLTE"u8))
            Palette = data.Length % 3 == 0 ? data.ToArray() : throw PictureException.Damaged("PNG", "its palette has a part of a colour");
        else if (type.SequenceEqual("tRNS"u8))
            Transparency = data.ToArray();
        else if (type.SequenceEqual("eXIf"u8))
            Orientation = Exif.Orientation(data);
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> type)
    {
        if (rest.Length < Overhead)
            throw PictureException.Truncated("PNG");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - Overhead)
            throw PictureException.Truncated("PNG");
        type = rest.Slice(4, 4);
        ReadOnlySpan<byte> data = rest.Slice(8, (int)length);
        if (BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]) != Crc32.Of(type, data))
            throw PictureException.Damaged("PNG", "the check of a chunk fails");
        rest = rest[(Overhead + (int)length)..];
        return data;
    }
}
