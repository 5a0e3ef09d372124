namespace Cnn.Training;

/// <summary>Scales pictures: each pixel becomes the mean of the area that it covers.</summary>
internal static class AreaScaling
{
    /// <summary>From one pixel after the other, as decoders give them, to one plane a channel, as networks take them.</summary>
    public static void ToPlanes(ReadOnlySpan<byte> source, int sourceHeight, int sourceWidth, int channels, Span<byte> target, int height, int width)
    {
        for (int y = 0; y < height; y++)
        {
            double top = (double)y * sourceHeight / height;
            double bottom = (double)(y + 1) * sourceHeight / height;
            for (int x = 0; x < width; x++)
            {
                double left = (double)x * sourceWidth / width;
                double right = (double)(x + 1) * sourceWidth / width;
                for (int channel = 0; channel < channels; channel++)
                {
                    double mean = Mean(source[channel..], sourceWidth, channels, top, bottom, left, right);
                    target[(((channel * height) + y) * width) + x] = (byte)(mean + 0.5);
                }
            }
        }
    }

    private static double Mean(ReadOnlySpan<byte> source, int sourceWidth, int channels, double top, double bottom, double left, double right)
    {
        double sum = 0;
        for (int y = (int)top; y < bottom; y++)
        {
            double rows = Math.Min(bottom, y + 1) - Math.Max(top, y);
            for (int x = (int)left; x < right; x++)
            {
                double columns = Math.Min(right, x + 1) - Math.Max(left, x);
                sum += rows * columns * source[((y * sourceWidth) + x) * channels];
            }
        }

        return sum / ((bottom - top) * (right - left));
    }
}
