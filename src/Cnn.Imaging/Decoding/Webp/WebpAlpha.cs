namespace Cnn.Imaging.Decoding.Webp;

/// <summary>The transparency of lossy pictures: the chunk ALPH, plain or as the green of a lossless stream, with differences undone.</summary>
internal static class WebpAlpha
{
    public static byte[] Decode(ReadOnlyMemory<byte> chunk, int width, int height)
    {
        if (chunk.IsEmpty)
            throw PictureException.Truncated("WebP");
        int header = chunk.Span[0];
        byte[] alpha = (header & 3) switch
        {
            0 => Plain(chunk.Span[1..], checked(width * height)),
            1 => Array.ConvertAll(LosslessDecoder.Decode(chunk[1..], width, height), static pixel => (byte)(pixel >> 8)),
            _ => throw PictureException.Damaged("WebP", "its transparency has a compression that there is not"),
        };
        int filter = (header >> 2) & 3;
        for (int at = 1; at < alpha.Length && filter > 0; at++)
            alpha[at] += Prediction(alpha, at, at % width, width, filter);
        return alpha;
    }

    private static byte[] Plain(ReadOnlySpan<byte> values, int length) =>
        values.Length >= length ? values[..length].ToArray() : throw PictureException.Truncated("WebP");

    private static byte Prediction(byte[] alpha, int at, int x, int width, int filter)
    {
        if (at < width)
            return alpha[at - 1];
        if (x == 0 || filter == 2)
            return alpha[at - width];
        return filter == 1 ? alpha[at - 1] : (byte)Math.Clamp(alpha[at - 1] + alpha[at - width] - alpha[at - width - 1], 0, 255);
    }
}
