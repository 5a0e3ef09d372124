namespace Cnn.Imaging.Decoding.Bmp;

/// <summary>Run-length coded bitmaps: pairs of a count and a value, and escapes that begin with 0.</summary>
internal static class BmpRuns
{
    private const int EndOfRow = 0;
    private const int EndOfPicture = 1;
    private const int Move = 2;

    public static byte[] Decode(BmpHeader header, ReadOnlySpan<byte> code)
    {
        // A pair gives at most 255 pixels, and two bytes leave out the rest of a row.
        if ((long)header.Height * 2 > code.Length && (long)header.Width * header.Height > 255L * code.Length)
            throw PictureException.Truncated("BMP");
        byte[] indices = new byte[checked(header.Width * header.Height)];
        bool isHalf = header.Compression == BmpCompression.RunLength4;
        int x = 0;
        int y = header.Height - 1;
        int at = 0;
        while (y >= 0)
        {
            if (at + 2 > code.Length)
                throw PictureException.Truncated("BMP");
            int count = code[at];
            int value = code[at + 1];
            at += 2;
            if (count > 0)
            {
                for (int i = 0; i < count; i++)
                    Put(indices, header, x++, y, isHalf ? (i & 1) == 0 ? value >> 4 : value & 15 : value);
            }
            else if (value == EndOfPicture)
            {
                break;
            }
            else if (value == EndOfRow)
            {
                (x, y) = (0, y - 1);
            }
            else if (value == Move)
            {
                (x, y) = (x + code[at], y - code[at + 1]);
                at += 2;
            }
            else
            {
                for (int i = 0; i < value; i++)
                    Put(indices, header, x++, y, isHalf ? (i & 1) == 0 ? code[at + (i / 2)] >> 4 : code[at + (i / 2)] & 15 : code[at + i]);
                int bytes = isHalf ? (value + 1) / 2 : value;
                at += bytes + (bytes & 1);
            }
        }

        return indices;
    }

    private static void Put(byte[] indices, BmpHeader header, int x, int y, int index)
    {
        if (x >= header.Width)
            throw PictureException.Damaged("BMP", "a run is longer than its row");
        indices[(y * header.Width) + x] = (byte)index;
    }
}
