using Cnn.Data;

/// <summary>Digits of a seven-segment display, moved, slanted and noisy: enough to see a network learn without a download.</summary>
internal static class SegmentDigits
{
    /// <summary>Which segments each digit lights: top, the two upper sides, the middle, the two lower sides, the bottom.</summary>
    private static readonly string[] Lit = ["1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"];

    /// <summary>Each segment's ends, in a box 1 wide and 2 high.</summary>
    private static readonly (float X0, float Y0, float X1, float Y1)[] Segments =
        [(0, 0, 1, 0), (0, 0, 0, 1), (1, 0, 1, 1), (0, 1, 1, 1), (0, 1, 0, 2), (1, 1, 1, 2), (0, 2, 1, 2)];

    /// <summary>Draws images of 28 x 28 pixels.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same images.</param>
    public static ImageDataset Draw(int count, int seed)
    {
        Random random = new(seed);
        byte[] pixels = new byte[count * 28 * 28];
        int[] labels = new int[count];
        for (int image = 0; image < count; image++)
        {
            labels[image] = random.Next(10);
            Draw(Lit[labels[image]], random, pixels.AsSpan(image * 28 * 28, 28 * 28));
        }

        return new ImageDataset(pixels, labels, [1, 28, 28], classCount: 10);
    }

    private static void Draw(string lit, Random random, Span<byte> image)
    {
        float scale = 6 + (4 * random.NextSingle());
        float left = 5 + (6 * random.NextSingle());
        float top = 2 + (4 * random.NextSingle());
        float slant = (random.NextSingle() - 0.5f) * 0.5f;
        float thickness = 0.8f + random.NextSingle();
        for (int pixel = 0; pixel < image.Length; pixel++)
        {
            float y = (pixel / 28 - top) / scale;
            float x = (pixel % 28 - left) / scale + (slant * (y - 1));
            float distance = float.MaxValue;
            for (int segment = 0; segment < Segments.Length; segment++)
            {
                if (lit[segment] == '1')
                    distance = MathF.Min(distance, Distance(x, y, Segments[segment]));
            }

            float ink = Math.Clamp(thickness + 0.5f - (distance * scale), 0, 1);
            image[pixel] = (byte)Math.Clamp((ink * 200) + (55 * random.NextSingle()), 0, 255);
        }
    }

    /// <summary>From a point to the nearest one of a segment.</summary>
    private static float Distance(float x, float y, (float X0, float Y0, float X1, float Y1) segment)
    {
        (float dx, float dy) = (segment.X1 - segment.X0, segment.Y1 - segment.Y0);
        float along = Math.Clamp((((x - segment.X0) * dx) + ((y - segment.Y0) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
        return MathF.Sqrt(MathF.Pow(x - segment.X0 - (along * dx), 2) + MathF.Pow(y - segment.Y0 - (along * dy), 2));
    }
}
