namespace Cnn.Data;

/// <summary>Changes the colours of an image whose pixels go from 0 to 1.</summary>
internal static class ColourVariation
{
    // ITU-R BT.601, as in torchvision.
    private const float Red = 0.299f;
    private const float Green = 0.587f;
    private const float Blue = 0.114f;

    /// <summary>Multiplies.</summary>
    public static void Brighten(Span<float> image, float factor)
    {
        foreach (ref float pixel in image)
            pixel = Clamped(pixel * factor);
    }

    /// <summary>Moves all pixels from, or to, the mean grey of the image.</summary>
    public static void Contrast(Span<float> image, int channels, float factor)
    {
        int area = image.Length / channels;
        double sum = 0;
        for (int index = 0; index < area; index++)
            sum += channels == 3 ? Grey(image, area, index) : image[index];
        float mean = (float)(sum / area);
        foreach (ref float pixel in image)
            pixel = Clamped(mean + ((pixel - mean) * factor));
    }

    /// <summary>Moves each pixel from, or to, its own grey.</summary>
    /// <param name="image">Of three channels.</param>
    /// <param name="factor">0 is grey, 1 as it is.</param>
    public static void Saturate(Span<float> image, float factor)
    {
        int area = image.Length / 3;
        for (int index = 0; index < area; index++)
        {
            float grey = Grey(image, area, index);
            for (int channel = 0; channel < 3; channel++)
            {
                ref float pixel = ref image[(channel * area) + index];
                pixel = Clamped(grey + ((pixel - grey) * factor));
            }
        }
    }

    /// <summary>Turns each pixel's hue, with its lightest and darkest channel kept (HSV, Smith 1978).</summary>
    /// <param name="image">Of three channels.</param>
    /// <param name="turn">In parts of a full turn.</param>
    public static void Turn(Span<float> image, float turn)
    {
        int area = image.Length / 3;
        for (int index = 0; index < area; index++)
        {
            (float red, float green, float blue) = (image[index], image[area + index], image[(2 * area) + index]);
            float most = Math.Max(red, Math.Max(green, blue));
            float spread = most - Math.Min(red, Math.Min(green, blue));
            if (spread == 0)
                continue;
            float sixth = most == red ? (green - blue) / spread : most == green ? 2 + ((blue - red) / spread) : 4 + ((red - green) / spread);
            float hue = (sixth / 6) + turn;
            hue -= MathF.Floor(hue);
            image[index] = Channel(5, hue, most, spread);
            image[area + index] = Channel(3, hue, most, spread);
            image[(2 * area) + index] = Channel(1, hue, most, spread);
        }
    }

    private static float Channel(int place, float hue, float most, float spread)
    {
        float sixth = (place + (hue * 6)) % 6;
        return most - (spread * Math.Clamp(Math.Min(sixth, 4 - sixth), 0, 1));
    }

    private static float Grey(ReadOnlySpan<float> image, int area, int index) =>
        (Red * image[index]) + (Green * image[area + index]) + (Blue * image[(2 * area) + index]);

    private static float Clamped(float pixel) => Math.Clamp(pixel, 0, 1);
}
