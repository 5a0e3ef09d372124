namespace Cnn.Imaging.Decoding;

/// <summary>From channels to channels, in PIL's whole numbers.</summary>
internal static class Colours
{
    public static byte[] ToGrey(ReadOnlySpan<byte> rgb)
    {
        byte[] grey = new byte[rgb.Length / 3];
        for (int i = 0; i < grey.Length; i++)
            grey[i] = (byte)(((rgb[3 * i] * 19595) + (rgb[(3 * i) + 1] * 38470) + (rgb[(3 * i) + 2] * 7471) + 0x8000) >> 16);
        return grey;
    }

    public static byte[] ToRgb(ReadOnlySpan<byte> grey)
    {
        byte[] rgb = new byte[checked(grey.Length * 3)];
        for (int i = 0; i < grey.Length; i++)
            rgb.AsSpan(3 * i, 3).Fill(grey[i]);
        return rgb;
    }

    /// <summary>Without alpha: what is transparent shows the background, or is taken as if it were not.</summary>
    public static byte[] Opaque(Raster raster, Colour? background)
    {
        if (!raster.HasAlpha)
            return raster.Pixels;
        int colours = raster.Channels - 1;
        bool toRgb = colours == 1 && background is { } tint && (tint.Red != tint.Green || tint.Green != tint.Blue);
        int channels = toRgb ? 3 : colours;
        ReadOnlySpan<byte> source = raster.Pixels;
        byte[] target = new byte[source.Length / raster.Channels * channels];
        for (int from = 0, to = 0; from < source.Length; from += raster.Channels, to += channels)
        {
            int alpha = source[from + colours];
            for (int channel = 0; channel < channels; channel++)
            {
                byte value = source[from + (toRgb ? 0 : channel)];
                target[to + channel] = background is { } behind ? Blend(value, Channel(behind, channel), alpha) : value;
            }
        }

        return target;
    }

    /// <summary>a b / 255, rounded, for bytes.</summary>
    public static int Product(int a, int b)
    {
        int product = (a * b) + 128;
        return ((product >> 8) + product) >> 8;
    }

    private static byte Channel(Colour colour, int channel) => channel switch
    {
        0 => colour.Red,
        1 => colour.Green,
        _ => colour.Blue,
    };

    private static byte Blend(int front, int behind, int alpha)
    {
        int sum = (front * alpha) + (behind * (255 - alpha)) + 128;
        return (byte)(((sum >> 8) + sum) >> 8);
    }
}
