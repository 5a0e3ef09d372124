namespace Cnn.Imaging.Decoding.Webp;

/// <summary>How a block is predicted from what lies above it and on its left; the first four also whole macroblocks.</summary>
internal enum LossyMode
{
    Mean,
    TrueMotion,
    Vertical,
    Horizontal,
    DownRight,
    VerticalRight,
    DownLeft,
    VerticalLeft,
    HorizontalDown,
    HorizontalUp,
}

/// <summary>Predicts blocks within a frame (RFC 6386, section 12).</summary>
internal static class LossyPrediction
{
    /// <summary>A whole macroblock's luma or chroma.</summary>
    /// <param name="plane">What is decoded so far.</param>
    /// <param name="x">The first column.</param>
    /// <param name="y">The first row.</param>
    /// <param name="size">16 or 8.</param>
    /// <param name="mode">One of the first four.</param>
    public static void Whole(Plane plane, int x, int y, int size, LossyMode mode)
    {
        byte[] values = plane.Values;
        int at = plane.At(x, y);
        int above = at - plane.Stride;
        byte mean = mode == LossyMode.Mean ? Mean(plane, x, y, size) : (byte)0;
        for (int row = 0; row < size; row++)
        {
            int start = at + (row * plane.Stride);
            Span<byte> target = values.AsSpan(start, size);
            switch (mode)
            {
                case LossyMode.Mean:
                    target.Fill(mean);
                    break;
                case LossyMode.Vertical:
                    values.AsSpan(above, size).CopyTo(target);
                    break;
                case LossyMode.Horizontal:
                    target.Fill(values[start - 1]);
                    break;
                default:
                    int difference = values[start - 1] - values[above - 1];
                    for (int column = 0; column < size; column++)
                        target[column] = (byte)Math.Clamp(values[above + column] + difference, 0, 255);
                    break;
            }
        }
    }

    /// <summary>A subblock of 4x4.</summary>
    /// <param name="plane">Luma as it is decoded so far.</param>
    /// <param name="at">The first value.</param>
    /// <param name="right">Four values above on the right.</param>
    /// <param name="mode">Which of the ten.</param>
    public static void Subblock(Plane plane, int at, ReadOnlySpan<byte> right, LossyMode mode)
    {
        byte[] values = plane.Values;
        int stride = plane.Stride;

        // The edge from the lowest value on the left (0 to 3) by the corner (4) to the last one above on the right (5 to 12).
        Span<int> edge = stackalloc int[13];
        for (int i = 0; i < 4; i++)
        {
            edge[3 - i] = values[at + (i * stride) - 1];
            edge[5 + i] = values[at - stride + i];
            edge[9 + i] = right[i];
        }

        edge[4] = values[at - stride - 1];
        int mean = 4;
        for (int i = 0; i < 4; i++)
            mean += edge[i] + edge[5 + i];
        for (int y = 0; y < 4; y++)
        {
            for (int x = 0; x < 4; x++)
            {
                values[at + (y * stride) + x] = (byte)(mode switch
                {
                    LossyMode.Mean => mean >> 3,
                    LossyMode.TrueMotion => Math.Clamp(edge[3 - y] + edge[5 + x] - edge[4], 0, 255),
                    LossyMode.Vertical => Three(edge, 5 + x),
                    LossyMode.Horizontal => y == 3 ? (edge[1] + (3 * edge[0]) + 2) >> 2 : Three(edge, 3 - y),
                    LossyMode.DownRight => Three(edge, 4 + x - y),
                    LossyMode.DownLeft => x + y == 6 ? (edge[11] + (3 * edge[12]) + 2) >> 2 : Three(edge, 6 + x + y),
                    LossyMode.VerticalRight => VerticalRight(edge, x, y),
                    LossyMode.VerticalLeft => VerticalLeft(edge, x, y),
                    LossyMode.HorizontalDown => HorizontalDown(edge, x, y),
                    _ => HorizontalUp(edge, x, y),
                });
            }
        }
    }

    private static int VerticalRight(ReadOnlySpan<int> edge, int x, int y)
    {
        int along = (2 * x) - y;
        return along switch
        {
            < -1 => Three(edge, 5 + along),
            -1 => Three(edge, 4),
            _ when (along & 1) == 0 => Two(edge, 4 + (along / 2)),
            _ => Three(edge, 5 + (along / 2)),
        };
    }

    private static int VerticalLeft(ReadOnlySpan<int> edge, int x, int y)
    {
        if (x == 3 && y >= 2)
            return Three(edge, 8 + y);
        int start = 5 + x + (y / 2);
        return (y & 1) == 0 ? Two(edge, start) : Three(edge, start + 1);
    }

    private static int HorizontalDown(ReadOnlySpan<int> edge, int x, int y)
    {
        int along = (2 * y) - x;
        return along switch
        {
            < -1 => Three(edge, 4 - along - 1),
            -1 => Three(edge, 4),
            _ when (along & 1) == 0 => Two(edge, 3 - (along / 2)),
            _ => Three(edge, 3 - (along / 2)),
        };
    }

    private static int HorizontalUp(ReadOnlySpan<int> edge, int x, int y)
    {
        int along = (2 * y) + x;
        return along switch
        {
            > 5 => edge[0],
            5 => (edge[1] + (3 * edge[0]) + 2) >> 2,
            _ when (along & 1) == 0 => Two(edge, 2 - (along / 2)),
            _ => Three(edge, 2 - (along / 2)),
        };
    }

    private static int Two(ReadOnlySpan<int> edge, int first) => (edge[first] + edge[first + 1] + 1) >> 1;

    private static int Three(ReadOnlySpan<int> edge, int middle) => (edge[middle - 1] + (2 * edge[middle]) + edge[middle + 1] + 2) >> 2;

    /// <summary>Of what is above and on the left, as far as the frame goes.</summary>
    private static byte Mean(Plane plane, int x, int y, int size)
    {
        if (x == 0 && y == 0)
            return 128;
        int at = plane.At(x, y);
        int sum = 0;
        for (int i = 0; i < size; i++)
        {
            sum += y > 0 ? plane.Values[at - plane.Stride + i] : 0;
            sum += x > 0 ? plane.Values[at + (i * plane.Stride) - 1] : 0;
        }

        int count = x > 0 && y > 0 ? 2 * size : size;
        return (byte)((sum + (count / 2)) / count);
    }
}
