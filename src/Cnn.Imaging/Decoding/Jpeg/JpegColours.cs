namespace Cnn.Imaging.Decoding.Jpeg;

/// <summary>What the components of a frame mean.</summary>
internal enum JpegColourSpace
{
    Grey,
    Rgb,
    YCbCr,
    Cmyk,
    Ycck,
}

/// <summary>
/// From the components of a pixel to red, green and blue, with the whole numbers of libjpeg; inks as PIL takes them, inverted as Adobe writes them.
/// </summary>
internal static class JpegColours
{
    /// <summary>By the markers of JFIF and Adobe, and otherwise by the components' names, as libjpeg does.</summary>
    public static JpegColourSpace SpaceOf(JpegFrame frame, bool isJfif, int? adobeTransform)
    {
        if (frame.Components.Length == 1)
            return JpegColourSpace.Grey;
        if (frame.Components.Length == 4)
            return adobeTransform == 2 ? JpegColourSpace.Ycck : JpegColourSpace.Cmyk;
        if (isJfif)
            return JpegColourSpace.YCbCr;
        if (adobeTransform is { } transform)
            return transform == 0 ? JpegColourSpace.Rgb : JpegColourSpace.YCbCr;
        return frame.Components.Select(component => component.Identifier).SequenceEqual("RGB".Select(letter => (int)letter))
            ? JpegColourSpace.Rgb
            : JpegColourSpace.YCbCr;
    }

    /// <param name="space">What the rows are.</param>
    /// <param name="rows">A row of each component.</param>
    /// <param name="target">Red, green and blue of each pixel, or grey.</param>
    public static void Convert(JpegColourSpace space, byte[][] rows, Span<byte> target)
    {
        if (space == JpegColourSpace.Grey)
        {
            rows[0].AsSpan(0, target.Length).CopyTo(target);
            return;
        }

        for (int x = 0; x < target.Length / 3; x++)
        {
            Span<byte> pixel = target.Slice(3 * x, 3);
            (pixel[0], pixel[1], pixel[2]) = (rows[0][x], rows[1][x], rows[2][x]);
            if (space is JpegColourSpace.YCbCr or JpegColourSpace.Ycck)
                FromYCbCr(pixel);
            if (space == JpegColourSpace.Ycck)
                (pixel[0], pixel[1], pixel[2]) = ((byte)(255 - pixel[0]), (byte)(255 - pixel[1]), (byte)(255 - pixel[2]));
            if (rows.Length == 4)
                FromInks(pixel, rows[3][x]);
        }
    }

    private static void FromYCbCr(Span<byte> pixel)
    {
        int y = pixel[0];
        int cb = pixel[1] - 128;
        int cr = pixel[2] - 128;
        pixel[0] = (byte)Math.Clamp(y + (((91881 * cr) + 32768) >> 16), 0, 255);
        pixel[1] = (byte)Math.Clamp(y + (((-22554 * cb) - (46802 * cr) + 32768) >> 16), 0, 255);
        pixel[2] = (byte)Math.Clamp(y + (((116130 * cb) + 32768) >> 16), 0, 255);
    }

    /// <summary>Inverted inks: 255 is none of it.</summary>
    private static void FromInks(Span<byte> pixel, int black)
    {
        foreach (ref byte channel in pixel)
            channel = (byte)Math.Clamp(black - Colours.Product(255 - channel, black), 0, 255);
    }
}
