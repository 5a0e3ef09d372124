namespace Cnn.Imaging.Decoding.Webp;

/// <summary>Reads prefix codes (specification, section 6.2.1).</summary>
internal static class LosslessCodeReader
{
    private static ReadOnlySpan<byte> Order => [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    public static LosslessCode Read(LosslessBits bits, int symbols)
    {
        byte[] lengths = new byte[symbols];
        if (bits.Flag())
        {
            bool hasTwo = bits.Flag();
            lengths[bits.Number(bits.Flag() ? 8 : 1)] = 1;
            if (hasTwo)
                lengths[bits.Number(8)] = 1;
            return LosslessCode.Of(lengths);
        }

        byte[] lengthLengths = new byte[Order.Length];
        int count = 4 + bits.Number(4);
        for (int i = 0; i < count; i++)
            lengthLengths[Order[i]] = (byte)bits.Number(3);
        ReadLengths(bits, LosslessCode.Of(lengthLengths), lengths);
        return LosslessCode.Of(lengths);
    }

    private static void ReadLengths(LosslessBits bits, LosslessCode code, byte[] lengths)
    {
        int left = bits.Flag() ? 2 + bits.Number(2 + (2 * bits.Number(3))) : lengths.Length;
        byte previous = 8;
        for (int symbol = 0; symbol < lengths.Length && left-- > 0;)
        {
            int length = code.Decode(bits);
            if (length < 16)
            {
                lengths[symbol++] = (byte)length;
                previous = length > 0 ? (byte)length : previous;
                continue;
            }

            int repeat = length switch
            {
                16 => 3 + bits.Number(2),
                17 => 3 + bits.Number(3),
                _ => 11 + bits.Number(7),
            };
            lengths.AsSpan(symbol, repeat).Fill(length == 16 ? previous : (byte)0);
            symbol += repeat;
        }
    }
}
