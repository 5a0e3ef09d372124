namespace Cnn.Imaging.Decoding.Png;

/// <summary>The cyclic redundancy check of PNG (specification, annex D).</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Update(Update(uint.MaxValue, first), second);

    private static uint Update(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
        return sum;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint n = 0; n < table.Length; n++)
        {
            uint sum = n;
            for (int bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : 0xEDB88320 ^ (sum >> 1);
            table[n] = sum;
        }

        return table;
    }
}
