namespace Cnn.Imaging.Decoding.Webp;

/// <summary>The inverse transforms of VP8 (RFC 6386, sections 14.3 and 14.4).</summary>
internal static class LossyTransform
{
    /// <summary>From the transformed means of 16 blocks to the first coefficient of each.</summary>
    public static void Means(ReadOnlySpan<short> input, Span<short> coefficients)
    {
        Span<int> between = stackalloc int[16];
        for (int i = 0; i < 4; i++)
        {
            int a0 = input[i] + input[12 + i];
            int a1 = input[4 + i] + input[8 + i];
            int a2 = input[4 + i] - input[8 + i];
            int a3 = input[i] - input[12 + i];
            (between[i], between[8 + i], between[4 + i], between[12 + i]) = (a0 + a1, a0 - a1, a3 + a2, a3 - a2);
        }

        for (int i = 0; i < 4; i++)
        {
            ReadOnlySpan<int> row = between[(4 * i)..];
            int dc = row[0] + 3;
            int a0 = dc + row[3];
            int a1 = row[1] + row[2];
            int a2 = row[1] - row[2];
            int a3 = dc - row[3];
            Span<short> target = coefficients[(64 * i)..];
            target[0] = (short)((a0 + a1) >> 3);
            target[16] = (short)((a3 + a2) >> 3);
            target[32] = (short)((a0 - a1) >> 3);
            target[48] = (short)((a3 - a2) >> 3);
        }
    }

    /// <summary>Adds what 16 coefficients say to a predicted block.</summary>
    public static void Add(ReadOnlySpan<short> input, Span<byte> target, int stride)
    {
        Span<int> between = stackalloc int[16];
        for (int i = 0; i < 4; i++)
        {
            int a = input[i] + input[8 + i];
            int b = input[i] - input[8 + i];
            int c = Sine(input[4 + i]) - Cosine(input[12 + i]);
            int d = Cosine(input[4 + i]) + Sine(input[12 + i]);
            (between[4 * i], between[(4 * i) + 1], between[(4 * i) + 2], between[(4 * i) + 3]) = (a + d, b + c, b - c, a - d);
        }

        for (int y = 0; y < 4; y++)
        {
            int dc = between[y] + 4;
            int a = dc + between[8 + y];
            int b = dc - between[8 + y];
            int c = Sine(between[4 + y]) - Cosine(between[12 + y]);
            int d = Cosine(between[4 + y]) + Sine(between[12 + y]);
            Span<byte> row = target.Slice(y * stride, 4);
            row[0] = Sum(row[0], a + d);
            row[1] = Sum(row[1], b + c);
            row[2] = Sum(row[2], b - c);
            row[3] = Sum(row[3], a - d);
        }
    }

    private static byte Sum(byte value, int difference) => (byte)Math.Clamp(value + (difference >> 3), 0, 255);

    /// <summary>Times sqrt(2) cos(pi / 8).</summary>
    private static int Cosine(int value) => ((value * 20091) >> 16) + value;

    /// <summary>Times sqrt(2) sin(pi / 8).</summary>
    private static int Sine(int value) => (value * 35468) >> 16;
}
