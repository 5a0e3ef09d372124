namespace Cnn.Imaging.Resizing;

/// <summary>Resizes columns, then rows, with values rounded to bytes in between, as PIL's Resample.c does.</summary>
internal static class Resizer
{
    public static byte[] Resize(Picture picture, int width, int height, Resampling resampling)
    {
        ReadOnlySpan<byte> source = picture.Pixels;
        int channels = picture.Channels;
        byte[]? columns = null;
        if (width != picture.Width)
        {
            columns = new byte[checked(width * picture.Height * channels)];
            ResamplingWindow window = new(picture.Width, width, resampling);
            int stride = picture.Width * channels;
            for (int y = 0; y < picture.Height; y++)
                Row(source.Slice(y * stride, stride), columns.AsSpan(y * width * channels, width * channels), channels, window);
            source = columns;
        }

        if (height == picture.Height)
            return columns ?? source.ToArray();
        byte[] target = new byte[checked(width * height * channels)];
        Columns(source, target, width * channels, height, new ResamplingWindow(picture.Height, height, resampling));
        return target;
    }

    private static void Row(ReadOnlySpan<byte> source, Span<byte> target, int channels, ResamplingWindow window)
    {
        int width = target.Length / channels;
        for (int x = 0; x < width; x++)
        {
            ReadOnlySpan<int> weights = window.At(x, out int start);
            ReadOnlySpan<byte> pixels = source.Slice(start * channels, weights.Length * channels);
            for (int channel = 0; channel < channels; channel++)
            {
                int sum = 1 << (ResamplingWindow.Places - 1);
                for (int i = 0, at = channel; i < weights.Length; i++, at += channels)
                    sum += pixels[at] * weights[i];
                target[(x * channels) + channel] = Rounded(sum);
            }
        }
    }

    /// <summary>All columns of a row at once, so that memory is read along rows.</summary>
    private static void Columns(ReadOnlySpan<byte> source, Span<byte> target, int stride, int height, ResamplingWindow window)
    {
        int[] sums = new int[stride];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<int> weights = window.At(y, out int start);
            sums.AsSpan().Fill(1 << (ResamplingWindow.Places - 1));
            for (int i = 0; i < weights.Length; i++)
            {
                ReadOnlySpan<byte> row = source.Slice((start + i) * stride, stride);
                int weight = weights[i];
                for (int x = 0; x < row.Length; x++)
                    sums[x] += row[x] * weight;
            }

            Span<byte> to = target.Slice(y * stride, stride);
            for (int x = 0; x < to.Length; x++)
                to[x] = Rounded(sums[x]);
        }
    }

    private static byte Rounded(int sum) => (byte)Math.Clamp(sum >> ResamplingWindow.Places, 0, 255);
}
