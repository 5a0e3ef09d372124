namespace Cnn.Imaging.Decoding.Webp;

/// <summary>From luma and half as large chroma to red, green and blue, with libwebp's whole numbers.</summary>
internal static class LossyColours
{
    public static byte[] Convert(Plane luma, Plane u, Plane v, int width, int height)
    {
        byte[] target = new byte[checked(width * height * 3)];
        byte[] us = new byte[width];
        byte[] vs = new byte[width];
        int lastChroma = (height - 1) / 2;
        for (int y = 0; y < height; y++)
        {
            int near = y / 2;
            int far = Math.Clamp((y & 1) == 0 ? near - 1 : near + 1, 0, lastChroma);
            Upsample(u, near, far, us);
            Upsample(v, near, far, vs);
            for (int x = 0, at = y * width * 3; x < width; x++, at += 3)
            {
                int bright = High(luma.Values[luma.At(x, y)], 19077);
                target[at] = Clip(bright + High(vs[x], 26149) - 14234);
                target[at + 1] = Clip(bright - High(us[x], 6419) - High(vs[x], 13320) + 8708);
                target[at + 2] = Clip(bright + High(us[x], 33050) - 17685);
            }
        }

        return target;
    }

    /// <summary>A row of chroma in the width of luma: each value is 9, 3, 3 and 1 parts of the four around it.</summary>
    private static void Upsample(Plane plane, int near, int far, Span<byte> row)
    {
        int count = (row.Length + 1) / 2;
        ReadOnlySpan<byte> n = plane.Values.AsSpan(plane.At(0, near), count);
        ReadOnlySpan<byte> f = plane.Values.AsSpan(plane.At(0, far), count);
        row[0] = (byte)(((3 * n[0]) + f[0] + 2) >> 2);
        for (int i = 1; i <= (row.Length - 1) / 2; i++)
        {
            int sum = n[i - 1] + n[i] + f[i - 1] + f[i] + 8;
            row[(2 * i) - 1] = (byte)((((sum + (2 * (n[i] + f[i - 1]))) >> 3) + n[i - 1]) >> 1);
            row[2 * i] = (byte)((((sum + (2 * (n[i - 1] + f[i]))) >> 3) + n[i]) >> 1);
        }

        if ((row.Length & 1) == 0)
            row[^1] = (byte)(((3 * n[^1]) + f[^1] + 2) >> 2);
    }

    private static int High(int value, int factor) => (value * factor) >> 8;

    private static byte Clip(int value) => (byte)Math.Clamp(value >> 6, 0, 255);
}
