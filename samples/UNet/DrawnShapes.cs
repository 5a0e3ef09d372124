using Cnn.Data;

namespace UNetSample;

/// <summary>Pictures of discs, squares and triangles on a noisy ground, some behind others, and maps of what is where.</summary>
internal static class DrawnShapes
{
    /// <summary>The side of a picture.</summary>
    public const int Side = 48;

    private const int Area = Side * Side;

    /// <summary>Draws pictures.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same pictures.</param>
    /// <returns>Pixels as inputs, and maps as targets: 0 ground, 1 disc, 2 square, 3 triangle.</returns>
    public static Examples Create(int count, int seed)
    {
        Random random = new(seed);
        float[] pixels = new float[count * Area];
        byte[] maps = new byte[count * Area];
        for (int image = 0; image < count; image++)
        {
            Span<float> picture = pixels.AsSpan(image * Area, Area);
            Span<byte> map = maps.AsSpan(image * Area, Area);
            for (int shape = 0; shape < 5; shape++)
                Draw(picture, map, random);
            foreach (ref float pixel in picture)
                pixel = Math.Clamp(0.2f + pixel + (0.5f * (random.NextSingle() - 0.5f)), 0, 1);
        }

        return new Examples(count, pixels, maps);
    }

    /// <summary>All shapes have any shade, so that only their outline tells them apart.</summary>
    private static void Draw(Span<float> picture, Span<byte> map, Random random)
    {
        byte kind = (byte)random.Next(1, 4);
        (int x, int y, int radius) = (random.Next(Side), random.Next(Side), random.Next(5, 10));
        float shade = 0.2f + (0.5f * random.NextSingle());
        for (int index = 0; index < Area; index++)
        {
            (int right, int down) = ((index % Side) - x, (index / Side) - y);
            bool isInside = kind switch
            {
                1 => (right * right) + (down * down) <= radius * radius,
                2 => Math.Max(Math.Abs(right), Math.Abs(down)) <= radius * 0.85,
                _ => down <= radius * 0.8 && 2 * Math.Abs(right) <= down + radius,
            };
            if (isInside)
                (picture[index], map[index]) = (shade, kind);
        }
    }
}
