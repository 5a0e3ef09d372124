using System.IO.Compression;

namespace Cnn.Imaging.Decoding.Png;

/// <summary>Decodes PNG files (ISO/IEC 15948): every colour type and depth, interlaced or not.</summary>
internal static class PngDecoder
{
    /// <summary>No more than this many bytes come of one byte that DEFLATE packed.</summary>
    private const int LargestRatio = 1032;

    /// <summary>The seven passes of interlaced files: first column and row, and the steps to the next ones.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Interlaced =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static readonly (int X, int Y, int StepX, int StepY)[] InOrder = [(0, 0, 1, 1)];

    public static PictureInfo Identify(ReadOnlySpan<byte> file)
    {
        PngHeader header = PngFile.ReadHeader(file);
        return new PictureInfo(PictureFormat.Png, header.Width, header.Height);
    }

    public static Raster Decode(ReadOnlySpan<byte> file)
    {
        PngFile png = PngFile.Read(file);
        PngHeader header = png.Header;
        if ((long)header.RowBytes(header.Width) * header.Height / LargestRatio > png.Compressed.Length)
            throw PictureException.Truncated("PNG");
        PngPixels pixels = new(png);
        using ZLibStream zlib = new(new MemoryStream(png.Compressed), CompressionMode.Decompress);
        foreach ((int x, int y, int stepX, int stepY) in header.IsInterlaced ? Interlaced : InOrder)
        {
            int columns = (header.Width - x + stepX - 1) / stepX;
            int rows = (header.Height - y + stepY - 1) / stepY;
            if (columns <= 0)
                continue;
            byte[] line = new byte[header.RowBytes(columns) + 1];
            byte[] above = new byte[line.Length];
            for (int row = 0; row < rows; row++)
            {
                Fill(zlib, line);
                PngFilter.Undo(line[0], line.AsSpan(1), above.AsSpan(1), header.FilterBytes);
                pixels.Take(line.AsSpan(1), columns, x, stepX, y + (row * stepY));
                (line, above) = (above, line);
            }
        }

        // Behind the last row stands the sum over all of them, which the stream compares when it comes to its end.
        return zlib.ReadByte() < 0 ? pixels.Raster(png.Orientation) : throw PictureException.Damaged("PNG", "it has more rows than its header says");
    }

    private static void Fill(ZLibStream zlib, byte[] line)
    {
        try
        {
            zlib.ReadExactly(line);
        }
        catch (EndOfStreamException)
        {
            throw PictureException.Truncated("PNG");
        }
    }
}
