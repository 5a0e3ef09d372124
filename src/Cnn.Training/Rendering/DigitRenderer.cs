using System.Numerics;

namespace Cnn.Training.Rendering;

/// <summary>
/// Draws handwritten-looking digits of 28x28: a glyph's strokes with moved points, an elastic distortion, an affine one,
/// pens of different width and ink, and noise. Image k of a seed is always the same.
/// </summary>
internal static class DigitRenderer
{
    public const int Side = 28;
    public const int Pixels = Side * Side;

    // Steps of a spline between two of its points; at this size more cannot be seen.
    private const int StepsPerSpan = 5;

    /// <summary>Renders digits on all cores.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same digits.</param>
    /// <param name="stream">Digits of different streams are independent: one for training, one for testing.</param>
    /// <returns>Pixels, 784 bytes an image with 255 as ink, and labels.</returns>
    public static (byte[] Pixels, int[] Labels) Render(int count, int seed, int stream)
    {
        byte[] pixels = new byte[count * Pixels];
        int[] labels = new int[count];
        if (OperatingSystem.IsBrowser())
        {
            for (int image = 0; image < count; image++)
                DrawOne(image);
        }
        else
        {
            Parallel.For(0, count, DrawOne);
        }

        return (pixels, labels);

        void DrawOne(int image)
        {
            DigitRandom random = new(seed, stream, image);
            labels[image] = random.Next(10);
            Draw(labels[image], ref random, pixels.AsSpan(image * Pixels, Pixels));
        }
    }

    /// <summary>Renders one digit.</summary>
    /// <param name="digit">From 0 to 9.</param>
    /// <param name="random">Decides everything else.</param>
    /// <param name="image">Receives 784 pixels.</param>
    public static void Draw(int digit, ref DigitRandom random, Span<byte> image)
    {
        Stroke[][] ways = Glyphs.Digits[digit];
        Stroke[] glyph = ways[random.Next(ways.Length)];
        Handwriting hand = new(ref random);
        float radius = random.Uniform(0.6f, 1.8f);
        float ink = random.Uniform(170f, 255f);
        float noise = MathF.Max(0f, random.Uniform(-12f, 24f));
        Span<float> coverage = stackalloc float[Pixels];
        coverage.Clear();
        Span<Vector2> path = stackalloc Vector2[64];
        foreach (Stroke stroke in glyph)
        {
            int length = Trace(stroke, ref random, path);
            for (int i = 0; i < length; i++)
                path[i] = hand.Place(path[i]);
            for (int i = 1; i < length; i++)
                DrawSegment(path[i - 1], path[i], radius, coverage);
        }

        for (int i = 0; i < Pixels; i++)
        {
            float value = ink * coverage[i] + (noise > 0f ? noise * random.Normal() : 0f);
            image[i] = (byte)Math.Clamp(value + 0.5f, 0f, 255f);
        }
    }

    /// <summary>The stroke as short straight pieces, its points moved a little.</summary>
    private static int Trace(Stroke stroke, ref DigitRandom random, Span<Vector2> path)
    {
        Span<Vector2> points = stackalloc Vector2[stroke.Points.Length];
        for (int i = 0; i < points.Length; i++)
            points[i] = stroke.Points[i] + new Vector2(random.Normal(), random.Normal()) * 0.028f;
        if (stroke.Kind == StrokeKind.Line)
            return TraceLine(points, path);

        bool closed = stroke.Kind == StrokeKind.Loop;
        int spans = closed ? points.Length : points.Length - 1;
        int length = 0;
        for (int span = 0; span < spans; span++)
        {
            Vector2 before = Neighbour(points, span - 1, closed);
            Vector2 from = points[span];
            Vector2 to = Neighbour(points, span + 1, closed);
            Vector2 after = Neighbour(points, span + 2, closed);
            for (int step = 0; step < StepsPerSpan; step++)
                path[length++] = CatmullRom(before, from, to, after, step / (float)StepsPerSpan);
        }

        path[length++] = Neighbour(points, spans, closed);
        return length;
    }

    /// <summary>Straight lines are cut in pieces too, or the elastic distortion could not bend them.</summary>
    private static int TraceLine(ReadOnlySpan<Vector2> points, Span<Vector2> path)
    {
        int length = 0;
        for (int span = 0; span + 1 < points.Length; span++)
        {
            for (int step = 0; step < StepsPerSpan; step++)
                path[length++] = Vector2.Lerp(points[span], points[span + 1], step / (float)StepsPerSpan);
        }

        path[length++] = points[^1];
        return length;
    }

    private static Vector2 Neighbour(ReadOnlySpan<Vector2> points, int index, bool closed) =>
        closed ? points[(index + points.Length) % points.Length] : points[Math.Clamp(index, 0, points.Length - 1)];

    private static Vector2 CatmullRom(Vector2 before, Vector2 from, Vector2 to, Vector2 after, float t) =>
        0.5f * (2f * from + (to - before) * t + (2f * before - 5f * from + 4f * to - after) * (t * t) + (3f * (from - to) + after - before) * (t * t * t));

    /// <summary>Raises the coverage of the pixels near a segment; the edge of the pen is one pixel soft.</summary>
    private static void DrawSegment(Vector2 from, Vector2 to, float radius, Span<float> coverage)
    {
        float reach = radius + 0.5f;
        int left = Math.Max(0, (int)MathF.Floor(MathF.Min(from.X, to.X) - reach));
        int right = Math.Min(Side - 1, (int)MathF.Ceiling(MathF.Max(from.X, to.X) + reach));
        int top = Math.Max(0, (int)MathF.Floor(MathF.Min(from.Y, to.Y) - reach));
        int bottom = Math.Min(Side - 1, (int)MathF.Ceiling(MathF.Max(from.Y, to.Y) + reach));
        Vector2 direction = to - from;
        float scale = 1f / MathF.Max(direction.LengthSquared(), 1e-6f);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                Vector2 offset = new Vector2(x, y) - from;
                float along = Math.Clamp(Vector2.Dot(offset, direction) * scale, 0f, 1f);
                float distance = (offset - direction * along).Length();
                ref float pixel = ref coverage[y * Side + x];
                pixel = MathF.Max(pixel, Math.Clamp(reach - distance, 0f, 1f));
            }
        }
    }
}
