namespace Cnn.Imaging.Decoding.Webp;

/// <summary>Reads the coefficients of macroblocks (RFC 6386, section 13).</summary>
/// <param name="header">Probabilities and steps.</param>
/// <param name="across">Macroblocks in a row.</param>
internal sealed class LossyResidual(LossyHeader header, int across)
{
    private const int Blocks = 8;
    private const int NodesOfContext = 11;
    private const int NodesOfBand = 3 * NodesOfContext;
    private const int NodesOfKind = 8 * NodesOfBand;

    private const int LumaWithoutMeans = 0;
    private const int Means = 1;
    private const int Chroma = 2;
    private const int LumaWithMeans = 3;

    /// <summary>Whether the blocks above have coefficients: 4 of luma, 2 and 2 of chroma for each macroblock.</summary>
    private readonly byte[] _above = new byte[across * Blocks];
    private readonly byte[] _left = new byte[Blocks];
    private readonly byte[] _meansAbove = new byte[across];
    private readonly short[] _means = new short[16];
    private byte _meansLeft;

    /// <summary>16 coefficients of each of 16 blocks of luma and 8 of chroma.</summary>
    public short[] Coefficients { get; } = new short[24 * 16];

    /// <summary>Whether a block has any coefficient.</summary>
    public bool[] HasAny { get; } = new bool[24];

    public void BeginRow()
    {
        _left.AsSpan().Clear();
        _meansLeft = 0;
    }

    /// <summary>A macroblock without coefficients.</summary>
    public void Skip(int x, bool hasMeans)
    {
        Coefficients.AsSpan().Clear();
        HasAny.AsSpan().Clear();
        _above.AsSpan(x * Blocks, Blocks).Clear();
        _left.AsSpan().Clear();
        if (hasMeans)
            (_meansAbove[x], _meansLeft) = (0, 0);
    }

    /// <summary>Reads a macroblock's.</summary>
    /// <returns>Whether it has any.</returns>
    public bool Read(BoolDecoder bits, int x, bool hasMeans, LossyQuantization steps)
    {
        Coefficients.AsSpan().Clear();
        int kind = LumaWithMeans;
        int first = 0;
        if (hasMeans)
        {
            _means.AsSpan().Clear();
            int end = Block(bits, Means, _meansAbove[x] + _meansLeft, 0, steps.MeansDc, steps.MeansAc, _means);
            _meansAbove[x] = _meansLeft = (byte)(end > 0 ? 1 : 0);
            LossyTransform.Means(_means, Coefficients);
            (kind, first) = (LumaWithoutMeans, 1);
        }

        Span<byte> above = _above.AsSpan(x * Blocks, Blocks);
        bool hasAny = Square(bits, kind, first, steps.LumaDc, steps.LumaAc, above[..4], _left.AsSpan(0, 4), 0);
        hasAny |= Square(bits, Chroma, 0, steps.ChromaDc, steps.ChromaAc, above.Slice(4, 2), _left.AsSpan(4, 2), 16);
        return hasAny | Square(bits, Chroma, 0, steps.ChromaDc, steps.ChromaAc, above[6..], _left.AsSpan(6, 2), 20);
    }

    private bool Square(BoolDecoder bits, int kind, int first, int dc, int ac, Span<byte> above, Span<byte> left, int block)
    {
        bool hasAny = false;
        for (int y = 0; y < left.Length; y++)
        {
            for (int x = 0; x < above.Length; x++, block++)
            {
                Span<short> coefficients = Coefficients.AsSpan(16 * block, 16);
                int end = Block(bits, kind, above[x] + left[y], first, dc, ac, coefficients);
                above[x] = left[y] = (byte)(end > first ? 1 : 0);
                HasAny[block] = end > 1 || coefficients[0] != 0;
                hasAny |= HasAny[block];
            }
        }

        return hasAny;
    }

    /// <returns>The place behind the last coefficient.</returns>
    private int Block(BoolDecoder bits, int kind, int context, int first, int dc, int ac, Span<short> target)
    {
        ReadOnlySpan<byte> probabilities = header.Probabilities.AsSpan(kind * NodesOfKind, NodesOfKind);
        ReadOnlySpan<byte> bands = LossyTables.Bands;
        ReadOnlySpan<byte> nodes = Nodes(probabilities, bands[first], context);
        for (int n = first; n < 16; n++)
        {
            if (!bits.Bit(nodes[0]))
                return n;
            while (!bits.Bit(nodes[1]))
            {
                if (++n == 16)
                    return 16;
                nodes = Nodes(probabilities, bands[n], 0);
            }

            int value = 1;
            int next = 1;
            if (bits.Bit(nodes[2]))
                (value, next) = (Large(bits, nodes), 2);
            nodes = Nodes(probabilities, bands[n + 1], next);
            target[LossyTables.Places[n]] = (short)((bits.Flag() ? -value : value) * (n > 0 ? ac : dc));
        }

        return 16;
    }

    private static ReadOnlySpan<byte> Nodes(ReadOnlySpan<byte> probabilities, int band, int context) =>
        probabilities.Slice((band * NodesOfBand) + (context * NodesOfContext), NodesOfContext);

    private static int Large(BoolDecoder bits, ReadOnlySpan<byte> nodes)
    {
        if (!bits.Bit(nodes[3]))
            return !bits.Bit(nodes[4]) ? 2 : 3 + One(bits, nodes[5]);
        if (!bits.Bit(nodes[6]))
        {
            if (!bits.Bit(nodes[7]))
                return 5 + One(bits, 159);
            int high = One(bits, 165);
            return 7 + (2 * high) + One(bits, 145);
        }

        int category = One(bits, nodes[8]);
        category = (2 * category) + One(bits, nodes[9 + category]);
        int value = 0;
        foreach (byte probability in LossyTables.FurtherBits(category))
            value = (2 * value) + One(bits, probability);
        return value + 3 + (8 << category);
    }

    private static int One(BoolDecoder bits, int probability) => bits.Bit(probability) ? 1 : 0;
}
