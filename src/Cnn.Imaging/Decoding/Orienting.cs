namespace Cnn.Imaging.Decoding;

/// <summary>Turns and mirrors a picture as its EXIF orientation says.</summary>
internal static class Orienting
{
    /// <summary>
    /// The orientations say where row 0 and column 0 of what is stored belong: 2 to 4 mirror rows or columns or both, and 5 to 8 exchange them.
    /// </summary>
    public static Picture Upright(Picture picture, int orientation)
    {
        if (orientation == 1)
            return picture;
        bool exchanges = orientation >= 5;
        bool fromRight = orientation is 2 or 3 or 7 or 8;
        bool fromBelow = orientation is 3 or 4 or 6 or 7;
        int width = exchanges ? picture.Height : picture.Width;
        int height = exchanges ? picture.Width : picture.Height;
        int channels = picture.Channels;
        ReadOnlySpan<byte> source = picture.Pixels;
        byte[] target = new byte[source.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (int column, int row) = exchanges ? (y, x) : (x, y);
                column = fromRight ? picture.Width - 1 - column : column;
                row = fromBelow ? picture.Height - 1 - row : row;
                source.Slice(((row * picture.Width) + column) * channels, channels).CopyTo(target.AsSpan(((y * width) + x) * channels));
            }
        }

        return new Picture(width, height, channels, target);
    }
}
