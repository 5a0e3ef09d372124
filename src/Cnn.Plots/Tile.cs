using ScottPlot;
using SkiaSharp;

namespace Cnn.Plots;

/// <summary>A small picture: one colour for each number, or for each three.</summary>
/// <param name="Width">Numbers a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Colors">Row by row.</param>
internal sealed record Tile(int Width, int Height, Color[] Colors)
{
    private static readonly ScottPlot.Colormaps.Viridis Brightness = new();

    /// <summary>Magenta, which no scale of colours here has.</summary>
    private static readonly Color NotFinite = new(255, 0, 255);

    /// <summary>
    /// A kernel over one channel, from blue over white, which is 0, to red; the largest magnitude is full. What is not finite is magenta, as in all
    /// tiles.
    /// </summary>
    public static Tile Diverging(ReadOnlySpan<float> values, int height, int width)
    {
        float most = Largest(values);
        Color[] colors = new Color[width * height];
        for (int index = 0; index < colors.Length; index++)
        {
            float part = most == 0 ? 0 : values[index] / most;
            byte fade = (byte)(255 * (1 - Math.Min(1, Math.Abs(part))));
            colors[index] = !float.IsFinite(values[index]) ? NotFinite : part > 0 ? new Color(255, fade, fade) : new Color(fade, fade, 255);
        }

        return new Tile(width, height, colors);
    }

    /// <summary>A kernel over red, green and blue, from its least number to its largest.</summary>
    public static Tile Colour(ReadOnlySpan<float> values, int height, int width)
    {
        (double least, double range) = RangeOf(values);
        Color[] colors = new Color[width * height];
        for (int index = 0; index < colors.Length; index++)
        {
            (float red, float green, float blue) = (values[index], values[colors.Length + index], values[(2 * colors.Length) + index]);
            colors[index] = float.IsFinite(red) && float.IsFinite(green) && float.IsFinite(blue) ? new Color(Level(red), Level(green), Level(blue)) : NotFinite;
        }

        return new Tile(width, height, colors);

        byte Level(float value) => (byte)Math.Round(255 * Part(value, least, range));
    }

    /// <summary>A feature map, from the layer's least number to its largest, so that maps of a layer can be compared.</summary>
    public static Tile Bright(Activation activation, int channel)
    {
        (double least, double range) = RangeOf(activation.Values);
        ReadOnlySpan<float> map = activation.Channel(channel);
        Color[] colors = new Color[map.Length];
        for (int index = 0; index < colors.Length; index++)
            colors[index] = float.IsFinite(map[index]) ? Brightness.GetColor(Part(map[index], least, range)) : NotFinite;
        return new Tile(activation.Shape[2], activation.Shape[1], colors);
    }

    /// <summary>A flat layer's numbers, row by row, from the least to the largest; what the last row has no numbers for is white.</summary>
    public static Tile Numbers(Activation activation, int columns)
    {
        (double least, double range) = RangeOf(activation.Values);
        ReadOnlySpan<float> values = activation.Values;
        Color[] colors = new Color[(values.Length + columns - 1) / columns * columns];
        for (int index = 0; index < colors.Length; index++)
        {
            colors[index] = index >= values.Length ? ScottPlot.Colors.White
                : float.IsFinite(values[index]) ? Brightness.GetColor(Part(values[index], least, range)) : NotFinite;
        }

        return new Tile(columns, colors.Length / columns, colors);
    }

    /// <summary>An image over grey, or over red, green and blue, from its least number to its largest.</summary>
    /// <param name="values">Channel by channel.</param>
    /// <param name="shape">Channels, 1 or 3, rows and columns.</param>
    public static Tile Picture(ReadOnlySpan<float> values, ReadOnlySpan<int> shape)
    {
        if (shape[0] == 3)
            return Colour(values, shape[1], shape[2]);
        (double least, double range) = RangeOf(values);
        Color[] colors = new Color[values.Length];
        for (int index = 0; index < colors.Length; index++)
        {
            byte level = (byte)Math.Round(255 * Part(values[index], least, range));
            colors[index] = float.IsFinite(values[index]) ? new Color(level, level, level) : NotFinite;
        }

        return new Tile(shape[2], shape[1], colors);
    }

    /// <summary>A file with a pixel a number.</summary>
    public byte[] Png()
    {
        using SKBitmap bitmap = new(Width, Height);
        for (int index = 0; index < Colors.Length; index++)
            bitmap.SetPixel(index % Width, index / Width, new SKColor(Colors[index].R, Colors[index].G, Colors[index].B));
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static double Part(float value, double least, double range) => range == 0 ? 0 : (value - least) / range;

    /// <summary>Of the finite numbers; in double, where the range of two floats is always finite.</summary>
    private static (double Least, double Range) RangeOf(ReadOnlySpan<float> values)
    {
        (double least, double most) = (double.MaxValue, double.MinValue);
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                continue;
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        return most < least ? (0, 0) : (least, most - least);
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float most = 0;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
                most = Math.Max(most, Math.Abs(value));
        }

        return most;
    }
}
