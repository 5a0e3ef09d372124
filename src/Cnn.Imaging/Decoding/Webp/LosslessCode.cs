namespace Cnn.Imaging.Decoding.Webp;

/// <summary>A prefix code of a lossless stream (specification, section 6.2), with a table for its first bits.</summary>
internal sealed class LosslessCode
{
    private const int QuickBits = 8;
    private const int LongestCode = 15;

    /// <summary>By the next bits: symbol and length; for longer codes where their own table begins, and how many bits more it has.</summary>
    private readonly (ushort Symbol, byte Length)[] _table;

    private readonly int _mask;

    private LosslessCode((ushort, byte)[] table) => (_table, _mask) = (table, Math.Min(table.Length, 1 << QuickBits) - 1);

    /// <summary>What it takes in memory: entries of four bytes.</summary>
    public int Entries => _table.Length;

    /// <param name="lengths">Of each symbol's code; 0 for those that do not occur.</param>
    public static LosslessCode Of(ReadOnlySpan<byte> lengths)
    {
        Span<int> counts = stackalloc int[LongestCode + 1];
        int used = 0;
        int only = 0;
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] == 0)
                continue;
            counts[lengths[symbol]]++;
            used++;
            only = symbol;
        }

        if (used == 0)
            throw PictureException.Damaged("WebP", "a prefix code has no symbols");

        // Nothing is read for a symbol that is the only one.
        if (used == 1)
            return new LosslessCode([((ushort)only, (byte)0)]);

        int open = 1;
        Span<int> next = stackalloc int[LongestCode + 2];
        for (int length = 1; length <= LongestCode; length++)
        {
            open = (2 * open) - counts[length];
            if (open < 0)
                throw PictureException.Damaged("WebP", "a prefix code has more symbols than fit");
            next[length + 1] = (next[length] + counts[length]) << 1;
        }

        return open == 0 ? Filled(lengths, next) : throw PictureException.Damaged("WebP", "a prefix code is not complete");
    }

    public int Decode(LosslessBits bits)
    {
        int ahead = bits.Peek16();
        (ushort symbol, byte length) = _table[ahead & _mask];
        if (length > QuickBits)
        {
            int more = length - QuickBits;
            (symbol, length) = _table[symbol + ((ahead >> QuickBits) & ((1 << more) - 1))];
        }

        bits.Skip(length);
        return symbol;
    }

    private static LosslessCode Filled(ReadOnlySpan<byte> lengths, Span<int> next)
    {
        Span<int> starts = stackalloc int[LongestCode + 2];
        next.CopyTo(starts);

        // How many bits the longest code has behind each beginning.
        byte[] longest = new byte[1 << QuickBits];
        foreach (byte length in lengths)
        {
            if (length == 0)
                continue;
            int code = Reversed(next[length]++, length);
            if (length > QuickBits)
                longest[code & (longest.Length - 1)] = Math.Max(longest[code & (longest.Length - 1)], length);
        }

        int size = longest.Length;
        (ushort Symbol, byte Length)[] table = new (ushort, byte)[size + longest.Sum(length => length > 0 ? 1 << (length - QuickBits) : 0)];
        for (int i = 0; i < longest.Length; i++)
        {
            if (longest[i] == 0)
                continue;
            table[i] = ((ushort)size, longest[i]);
            size += 1 << (longest[i] - QuickBits);
        }

        starts.CopyTo(next);
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
                continue;
            int code = Reversed(next[length]++, length);
            (int from, int to, int at) = (code, longest.Length, 0);
            int step = 1 << length;
            if (length > QuickBits)
            {
                (ushort start, byte most) = table[code & (longest.Length - 1)];
                (from, to, at, step) = (code >> QuickBits, 1 << (most - QuickBits), start, 1 << (length - QuickBits));
            }

            for (int i = from; i < to; i += step)
                table[at + i] = ((ushort)symbol, (byte)length);
        }

        return new LosslessCode(table);
    }

    private static int Reversed(int code, int length)
    {
        int reversed = 0;
        for (int i = 0; i < length; i++)
            reversed |= ((code >> i) & 1) << (length - 1 - i);
        return reversed;
    }
}
