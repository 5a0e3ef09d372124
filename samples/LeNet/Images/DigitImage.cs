namespace LeNetSample.Images;

/// <summary>A picture brought into the form of the training images: 28x28, ink bright on dark, from 0 to 1.</summary>
/// <param name="Values">Row by row, 784 numbers.</param>
/// <param name="Changes">What was done to the picture, for the user; empty if nothing.</param>
internal sealed record DigitImage(float[] Values, string Changes)
{
    public const int Side = 28;
    public const int Length = Side * Side;

    /// <summary>
    /// Inverts a picture whose border is bright, and scales it to 28x28: each new pixel is the mean of the area that it covers.
    /// A picture that is not square is padded with the brightness of its border, so that nothing is distorted.
    /// </summary>
    public static DigitImage From(GrayImage image)
    {
        float background = BorderMean(image);
        bool invert = background > 127.5f;
        int side = Math.Max(image.Width, image.Height);
        float[] values = new float[Length];
        float left = (side - image.Width) / 2f;
        float top = (side - image.Height) / 2f;
        float step = side / (float)Side;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                float mean = AreaMean(image, background, x * step - left, y * step - top, step);
                values[y * Side + x] = (invert ? 255f - mean : mean) / 255f;
            }
        }

        return new DigitImage(values, Describe(image, invert));
    }

    private static string Describe(GrayImage image, bool invert)
    {
        bool scaled = image.Width != Side || image.Height != Side;
        string size = $"{image.Width}x{image.Height}";
        return (scaled, invert) switch
        {
            (true, true) => $"scaled from {size} to 28x28, inverted because the background is bright",
            (true, false) => $"scaled from {size} to 28x28",
            (false, true) => "inverted because the background is bright",
            _ => "",
        };
    }

    private static float BorderMean(GrayImage image)
    {
        long sum = 0;
        int count = 0;
        for (int y = 0; y < image.Height; y++)
        {
            int step = y == 0 || y == image.Height - 1 ? 1 : Math.Max(1, image.Width - 1);
            for (int x = 0; x < image.Width; x += step)
            {
                sum += image.Pixels[y * image.Width + x];
                count++;
            }
        }

        return sum / (float)count;
    }

    /// <summary>The mean over a square, whose parts outside the picture have the background's brightness.</summary>
    private static float AreaMean(GrayImage image, float background, float left, float top, float size)
    {
        double sum = 0;
        double covered = 0;
        int fromY = Math.Max(0, (int)MathF.Floor(top));
        int toY = Math.Min(image.Height, (int)MathF.Ceiling(top + size));
        int fromX = Math.Max(0, (int)MathF.Floor(left));
        int toX = Math.Min(image.Width, (int)MathF.Ceiling(left + size));
        for (int y = fromY; y < toY; y++)
        {
            float height = Math.Min(y + 1, top + size) - Math.Max(y, top);
            for (int x = fromX; x < toX; x++)
            {
                float area = height * (Math.Min(x + 1, left + size) - Math.Max(x, left));
                sum += area * image.Pixels[y * image.Width + x];
                covered += area;
            }
        }

        double total = (double)size * size;
        return (float)((sum + background * Math.Max(0, total - covered)) / total);
    }
}
