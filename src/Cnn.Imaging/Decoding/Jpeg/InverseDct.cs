namespace Cnn.Imaging.Decoding.Jpeg;

/// <summary>
/// The inverse cosine transform of a block in whole numbers, after Loeffler, Ligtenberg and Moschytz (1989), with the constants and roundings of
/// the "islow" transform of the Independent JPEG Group, which decoders agree on.
/// </summary>
internal static class InverseDct
{
    private const int Places = 13;
    private const int Between = 2;

    /// <param name="coefficients">64, in zigzag order.</param>
    /// <param name="quantization">64 factors, in zigzag order.</param>
    /// <param name="samples">From the first sample of the block on.</param>
    /// <param name="stride">Samples from one row to the next.</param>
    public static void Transform(ReadOnlySpan<short> coefficients, ReadOnlySpan<int> quantization, Span<byte> samples, int stride)
    {
        Span<int> block = stackalloc int[64];
        ReadOnlySpan<byte> places = ZigZag.Places;
        for (int i = 0; i < 64; i++)
            block[places[i]] = coefficients[i] * quantization[i];
        for (int x = 0; x < 8; x++)
            Line(block[x..], 8, Places - Between);
        for (int y = 0; y < 8; y++)
        {
            Span<int> row = block.Slice(8 * y, 8);
            Line(row, 1, Places + Between + 3);
            Span<byte> target = samples.Slice(y * stride, 8);
            for (int x = 0; x < 8; x++)
                target[x] = (byte)Math.Clamp(row[x] + 128, 0, 255);
        }
    }

    private static void Line(Span<int> v, int step, int shift)
    {
        int half = 1 << (shift - 1);
        int z1 = (v[2 * step] + v[6 * step]) * 4433;
        int even2 = z1 - (v[6 * step] * 15137);
        int even3 = z1 + (v[2 * step] * 6270);
        int even0 = (v[0] + v[4 * step]) << Places;
        int even1 = (v[0] - v[4 * step]) << Places;
        (int a0, int a3, int a1, int a2) = (even0 + even3, even0 - even3, even1 + even2, even1 - even2);

        (int t0, int t1, int t2, int t3) = (v[7 * step], v[5 * step], v[3 * step], v[step]);
        int z5 = (t0 + t2 + t1 + t3) * 9633;
        int z3 = ((t0 + t2) * -16069) + z5;
        int z4 = ((t1 + t3) * -3196) + z5;
        z1 = (t0 + t3) * -7373;
        int z2 = (t1 + t2) * -20995;
        int b0 = (t0 * 2446) + z1 + z3;
        int b1 = (t1 * 16819) + z2 + z4;
        int b2 = (t2 * 25172) + z2 + z3;
        int b3 = (t3 * 12299) + z1 + z4;

        v[0] = (a0 + b3 + half) >> shift;
        v[7 * step] = (a0 - b3 + half) >> shift;
        v[step] = (a1 + b2 + half) >> shift;
        v[6 * step] = (a1 - b2 + half) >> shift;
        v[2 * step] = (a2 + b1 + half) >> shift;
        v[5 * step] = (a2 - b1 + half) >> shift;
        v[3 * step] = (a3 + b0 + half) >> shift;
        v[4 * step] = (a3 - b0 + half) >> shift;
    }
}
