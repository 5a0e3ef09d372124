using ScottPlot;

namespace Cnn.Plots;

/// <summary>A small picture: one colour for each number, or for each three.</summary>
/// <param name="Width">Numbers a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Colors">Row by row.</param>
internal sealed record Tile(int Width, int Height, Color[] Colors)
{
    private static readonly ScottPlot.Colormaps.Viridis Brightness = new();

    /// <summary>A kernel over one channel, from blue over white, which is 0, to red; the largest magnitude is full.</summary>
    public static Tile Diverging(ReadOnlySpan<float> values, int height, int width)
    {
        float most = Largest(values);
        Color[] colors = new Color[width * height];
        for (int index = 0; index < colors.Length; index++)
        {
            float part = most == 0 ? 0 : values[index] / most;
            byte fade = (byte)(255 * (1 - Math.Abs(part)));
            colors[index] = part > 0 ? new Color(255, fade, fade) : new Color(fade, fade, 255);
        }

        return new Tile(width, height, colors);
    }

    /// <summary>A kernel over red, green and blue, from its least number to its largest.</summary>
    public static Tile Colour(ReadOnlySpan<float> values, int height, int width)
    {
        (float least, float range) = RangeOf(values);
        Color[] colors = new Color[width * height];
        for (int index = 0; index < colors.Length; index++)
            colors[index] = new Color(Level(values[index]), Level(values[colors.Length + index]), Level(values[(2 * colors.Length) + index]));
        return new Tile(width, height, colors);

        byte Level(float value) => (byte)Math.Round(255 * Part(value, least, range));
    }

    /// <summary>A feature map, from the layer's least number to its largest, so that maps of a layer can be compared.</summary>
    public static Tile Bright(Activation activation, int channel)
    {
        (float least, float range) = RangeOf(activation.Values);
        ReadOnlySpan<float> map = activation.Channel(channel);
        Color[] colors = new Color[map.Length];
        for (int index = 0; index < colors.Length; index++)
            colors[index] = Brightness.GetColor(Part(map[index], least, range));
        return new Tile(activation.Shape[2], activation.Shape[1], colors);
    }

    private static double Part(float value, float least, float range) => range == 0 || !float.IsFinite(value) ? 0 : (value - least) / range;

    private static (float Least, float Range) RangeOf(ReadOnlySpan<float> values)
    {
        (float least, float most) = (float.MaxValue, float.MinValue);
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
