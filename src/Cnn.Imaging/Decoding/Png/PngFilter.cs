namespace Cnn.Imaging.Decoding.Png;

/// <summary>The five filters of rows (specification, 9).</summary>
internal static class PngFilter
{
    public static void Undo(byte filter, Span<byte> line, ReadOnlySpan<byte> above, int distance)
    {
        switch (filter)
        {
            case 0:
                return;
            case 1:
                for (int i = distance; i < line.Length; i++)
                    line[i] += line[i - distance];
                return;
            case 2:
                for (int i = 0; i < line.Length; i++)
                    line[i] += above[i];
                return;
            case 3:
                for (int i = 0; i < line.Length; i++)
                    line[i] += (byte)(((i < distance ? 0 : line[i - distance]) + above[i]) >> 1);
                return;
            case 4:
                for (int i = 0; i < line.Length; i++)
                    line[i] += i < distance ? above[i] : Paeth(line[i - distance], above[i], above[i - distance]);
                return;
            default:
                throw PictureException.Damaged("PNG", $"a row has the filter {filter}, and there are 0 to 4");
        }
    }

    private static byte Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        int toLeft = Math.Abs(estimate - left);
        int toAbove = Math.Abs(estimate - above);
        int toCorner = Math.Abs(estimate - corner);
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
