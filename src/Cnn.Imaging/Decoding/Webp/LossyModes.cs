namespace Cnn.Imaging.Decoding.Webp;

/// <summary>Reads how macroblocks are predicted (RFC 6386, sections 11.2 to 11.4, for key frames).</summary>
/// <param name="header">The frame's, with the bits that are read.</param>
/// <param name="across">Macroblocks in a row.</param>
internal sealed class LossyModes(LossyHeader header, int across)
{
    private readonly LossyMode[] _above = new LossyMode[4 * across];
    private readonly LossyMode[] _left = new LossyMode[4];

    public int Segment { get; private set; }

    public bool IsSkipped { get; private set; }

    /// <summary>Whether each subblock has a mode of its own.</summary>
    public bool HasSubblocks { get; private set; }

    /// <summary>Of luma where all subblocks have the same.</summary>
    public LossyMode Luma { get; private set; }

    public LossyMode[] Subblocks { get; } = new LossyMode[16];

    public LossyMode Chroma { get; private set; }

    public void BeginRow() => _left.AsSpan().Clear();

    public void Read(int x)
    {
        BoolDecoder bits = header.Modes;
        byte[] segments = header.SegmentProbabilities;
        if (header.HasSegmentMap)
            Segment = !bits.Bit(segments[0]) ? One(bits, segments[1]) : 2 + One(bits, segments[2]);
        IsSkipped = header.HasSkips && bits.Bit(header.SkipProbability);
        HasSubblocks = !bits.Bit(145);
        Span<LossyMode> above = _above.AsSpan(4 * x, 4);
        if (HasSubblocks)
        {
            ReadSubblocks(bits, above);
        }
        else
        {
            Luma = bits.Bit(156)
                ? bits.Bit(128) ? LossyMode.TrueMotion : LossyMode.Horizontal
                : bits.Bit(163) ? LossyMode.Vertical : LossyMode.Mean;
            above.Fill(Luma);
            _left.AsSpan().Fill(Luma);
        }

        Chroma = !bits.Bit(142) ? LossyMode.Mean
            : !bits.Bit(114) ? LossyMode.Vertical
            : bits.Bit(183) ? LossyMode.TrueMotion : LossyMode.Horizontal;
    }

    private void ReadSubblocks(BoolDecoder bits, Span<LossyMode> above)
    {
        for (int y = 0; y < 4; y++)
        {
            for (int x = 0; x < 4; x++)
            {
                ReadOnlySpan<byte> nodes = LossyTables.ModeProbabilities.Slice(((10 * (int)above[x]) + (int)_left[y]) * 9, 9);
                int node = LossyTables.ModeTree[One(bits, nodes[0])];
                while (node > 0)
                    node = LossyTables.ModeTree[(2 * node) + One(bits, nodes[node])];
                Subblocks[(4 * y) + x] = above[x] = _left[y] = (LossyMode)(-node);
            }
        }
    }

    private static int One(BoolDecoder bits, int probability) => bits.Bit(probability) ? 1 : 0;
}
