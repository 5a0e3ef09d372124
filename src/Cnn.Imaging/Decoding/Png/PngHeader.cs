using System.Buffers.Binary;

namespace Cnn.Imaging.Decoding.Png;

/// <summary>The chunk IHDR.</summary>
internal sealed record PngHeader(int Width, int Height, int Depth, PngColour Colour, bool IsInterlaced)
{
    /// <summary>Numbers of a pixel in the file.</summary>
    public int Samples => Colour switch
    {
        PngColour.Rgb => 3,
        PngColour.GreyAlpha => 2,
        PngColour.RgbAlpha => 4,
        _ => 1,
    };

    /// <summary>The distance to the pixel on the left that filters look at.</summary>
    public int FilterBytes => Math.Max(1, Depth * Samples / 8);

    public int RowBytes(int columns) => (int)((((long)columns * Depth * Samples) + 7) / 8);

    public static PngHeader Read(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13)
            throw PictureException.Damaged("PNG", "its header has another length");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw PictureException.Damaged("PNG", $"its size is {width}x{height}");
        PngHeader header = new((int)width, (int)height, data[8], (PngColour)data[9], data[12] == 1);
        bool fits = header.Colour switch
        {
            PngColour.Grey => header.Depth is 1 or 2 or 4 or 8 or 16,
            PngColour.Palette => header.Depth is 1 or 2 or 4 or 8,
            PngColour.Rgb or PngColour.GreyAlpha or PngColour.RgbAlpha => header.Depth is 8 or 16,
            _ => false,
        };
        return fits && data[10] == 0 && data[11] == 0 && data[12] <= 1
            ? header
            : throw PictureException.Damaged("PNG", "its header has a colour type, depth or method that there is not");
    }
}
