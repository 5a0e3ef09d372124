namespace Cnn.Imaging.Decoding.Jpeg;

/// <summary>A Huffman code (ITU-T T.81, C and F.2.2.3), with a table for codes of up to 9 bits.</summary>
internal sealed class HuffmanTable
{
    private const int QuickBits = 9;

    private readonly byte[] _symbols;
    private readonly int[] _largest = new int[18];
    private readonly int[] _offsets = new int[17];

    /// <summary>Length in the higher byte and symbol in the lower one, by the next bits; 0 for longer codes.</summary>
    private readonly ushort[] _quick = new ushort[1 << QuickBits];

    /// <param name="counts">How many codes there are of each length from 1 to 16.</param>
    /// <param name="symbols">Of all codes, in order.</param>
    public HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        int code = 0;
        int index = 0;
        for (int length = 1; length <= 16; length++)
        {
            _offsets[length] = index - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, index++)
            {
                if (length <= QuickBits)
                    _quick.AsSpan(code << (QuickBits - length), 1 << (QuickBits - length)).Fill((ushort)((length << 8) | _symbols[index]));
            }

            if (code > 1 << length)
                throw PictureException.Damaged("JPEG", "a Huffman table has more codes than fit");
            _largest[length] = counts[length - 1] == 0 ? -1 : code - 1;
            code <<= 1;
        }
    }

    public int Decode(ref BitReader bits)
    {
        int ahead = bits.Peek16();
        ushort quick = _quick[ahead >> (16 - QuickBits)];
        if (quick != 0)
        {
            bits.Skip(quick >> 8);
            return quick & 255;
        }

        for (int length = 1; length <= 16; length++)
        {
            int code = ahead >> (16 - length);
            if (code > _largest[length])
                continue;
            bits.Skip(length);
            return _symbols[code + _offsets[length]];
        }

        throw PictureException.Damaged("JPEG", "there is a code that its Huffman table has not");
    }
}
