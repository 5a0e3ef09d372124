using System.Buffers.Binary;
using System.Numerics;

namespace Cnn.Imaging.Decoding.Bmp;

/// <summary>The headers of a Windows bitmap, from version 2 to 5.</summary>
internal sealed record BmpHeader(int Width, int Height, bool IsTopDown, int Bits, BmpCompression Compression, int Colours, int PaletteStart, int PixelStart)
{
    private const int FileHeader = 14;
    private const int CoreHeader = 12;
    private const int InfoHeader = 40;
    private const int MasksStart = FileHeader + InfoHeader;

    /// <summary>Bytes of a colour of the palette.</summary>
    public int ColourBytes { get; init; } = 4;

    /// <summary>Where red, green, blue and alpha lie in a pixel of 16 or 32 bits.</summary>
    public BmpChannel[] Channels { get; init; } = [];

    public static BmpHeader Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < FileHeader + CoreHeader)
            throw PictureException.Truncated("BMP");
        uint pixels = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[FileHeader..]);
        if (length != CoreHeader && length is < InfoHeader or > 1024)
            throw PictureException.Damaged("BMP", $"its header has a length of {length}");
        if (length > file.Length - FileHeader || pixels > file.Length)
            throw PictureException.Truncated("BMP");
        return length == CoreHeader ? Core(file, (int)pixels) : Info(file, (int)pixels, (int)length);
    }

    private static BmpHeader Core(ReadOnlySpan<byte> file, int pixels)
    {
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(file[24..]);
        return new BmpHeader(
            BinaryPrimitives.ReadUInt16LittleEndian(file[18..]), BinaryPrimitives.ReadUInt16LittleEndian(file[20..]), false, bits, BmpCompression.None,
            bits <= 8 ? 1 << bits : 0, FileHeader + CoreHeader, pixels)
        {
            ColourBytes = 3,
        }.Checked();
    }

    private static BmpHeader Info(ReadOnlySpan<byte> file, int pixels, int length)
    {
        int width = BinaryPrimitives.ReadInt32LittleEndian(file[18..]);
        int height = BinaryPrimitives.ReadInt32LittleEndian(file[22..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(file[28..]);
        var compression = (BmpCompression)BinaryPrimitives.ReadUInt32LittleEndian(file[30..]);
        uint colours = BinaryPrimitives.ReadUInt32LittleEndian(file[46..]);
        if (bits <= 8)
            colours = colours == 0 || colours > 1u << bits ? 1u << bits : colours;
        bool hasMasks = compression is BmpCompression.Masks or BmpCompression.MasksWithAlpha;
        int masks = compression == BmpCompression.MasksWithAlpha || (hasMasks && length >= 56) ? 4 : 3;
        bool masksFollow = hasMasks && length == InfoHeader;
        BmpHeader header = new(width, height == int.MinValue ? 0 : Math.Abs(height), height < 0, bits, compression,
            bits <= 8 ? (int)colours : 0, FileHeader + length + (masksFollow ? 4 * masks : 0), pixels);
        return header.Checked() with { Channels = hasMasks ? Masks(file[MasksStart..], masks) : Usual(bits) };
    }

    private static BmpChannel[] Usual(int bits) => bits switch
    {
        16 => [new(0x7C00), new(0x03E0), new(0x001F)],
        24 or 32 => [new(0xFF0000), new(0xFF00), new(0xFF)],
        _ => [],
    };

    private static BmpChannel[] Masks(ReadOnlySpan<byte> masks, int count)
    {
        BmpChannel[] channels = new BmpChannel[count];
        for (int i = 0; i < count; i++)
            channels[i] = new BmpChannel(BinaryPrimitives.ReadUInt32LittleEndian(masks[(4 * i)..]));
        return count == 4 && channels[3].Mask == 0 ? channels[..3] : channels;
    }

    private BmpHeader Checked()
    {
        if (Width < 1 || Height < 1)
            throw PictureException.Damaged("BMP", $"its size is {Width}x{Height}");
        bool fits = Compression switch
        {
            BmpCompression.None => Bits is 1 or 2 or 4 or 8 or 16 or 24 or 32,
            BmpCompression.RunLength8 => Bits == 8 && !IsTopDown,
            BmpCompression.RunLength4 => Bits == 4 && !IsTopDown,
            BmpCompression.Masks or BmpCompression.MasksWithAlpha => Bits is 16 or 32,
            _ => throw PictureException.Unsupported("BMP", "a JPEG or PNG file inside, or another compression"),
        };
        return fits ? this : throw PictureException.Damaged("BMP", $"its compression has no {BitCount}");
    }

    private string BitCount => Bits == 1 ? "1 bit a pixel" : Bits + " bits a pixel";
}

/// <summary>How pixels are packed, with the numbers in a file.</summary>
internal enum BmpCompression : uint
{
    None = 0,
    RunLength8 = 1,
    RunLength4 = 2,
    Masks = 3,
    MasksWithAlpha = 6,
}

/// <summary>Some bits of a pixel.</summary>
/// <param name="Mask">Which.</param>
internal readonly record struct BmpChannel(uint Mask)
{
    /// <summary>The largest value, whatever number of bits there are, becomes 255.</summary>
    public byte Of(uint pixel)
    {
        if (Mask == 0)
            return 0;
        int places = BitOperations.TrailingZeroCount(Mask);
        return (byte)((ulong)((pixel & Mask) >> places) * 255 / (Mask >> places));
    }
}
