namespace Cnn.Imaging.Decoding.Webp;

/// <summary>What a lossy frame says before its macroblocks (RFC 6386, section 9).</summary>
internal sealed class LossyHeader
{
    private const int TagBytes = 10;
    private const int Segments = 4;

    private readonly int[] _quantizers = new int[Segments];
    private readonly int[] _levels = new int[Segments];
    private bool _isAbsolute;
    private int _intraDelta;
    private int _subblockDelta;

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>The partition that the header is in, behind it: modes.</summary>
    public required BoolDecoder Modes { get; init; }

    public bool HasSegments { get; private set; }

    public bool HasSegmentMap { get; private set; }

    public byte[] SegmentProbabilities { get; } = [255, 255, 255];

    public bool IsSimpleFilter { get; private set; }

    public int FilterLevel { get; private set; }

    public int Sharpness { get; private set; }

    public BoolDecoder[] Partitions { get; private set; } = [];

    public LossyQuantization[] Quantization { get; } = new LossyQuantization[Segments];

    public byte[] Probabilities { get; } = LossyTables.DefaultProbabilities.ToArray();

    public bool HasSkips { get; private set; }

    public int SkipProbability { get; private set; }

    public static (int Width, int Height) Size(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < TagBytes)
            throw PictureException.Truncated("WebP");
        if ((frame[0] & 1) != 0 || frame[3] != 0x9D || frame[4] != 0x01 || frame[5] != 0x2A)
            throw PictureException.Damaged("WebP", "its frame is no key frame");
        return ((frame[6] | (frame[7] << 8)) & 0x3FFF, (frame[8] | (frame[9] << 8)) & 0x3FFF);
    }

    public static LossyHeader Read(ReadOnlyMemory<byte> frame)
    {
        (int width, int height) = Size(frame.Span);
        ReadOnlySpan<byte> tag = frame.Span;
        int first = (tag[0] | (tag[1] << 8) | (tag[2] << 16)) >> 5;
        if (first > frame.Length - TagBytes)
            throw PictureException.Truncated("WebP");
        BoolDecoder bits = new(frame.Slice(TagBytes, first));
        LossyHeader header = new() { Width = width, Height = height, Modes = bits };
        bits.Number(2);
        header.ReadSegments(bits);
        header.ReadFilter(bits);
        header.ReadPartitions(bits, frame[(TagBytes + first)..]);
        header.ReadQuantization(bits);
        bits.Flag();
        header.ReadProbabilities(bits);
        return header;
    }

    /// <summary>How strongly the edges of a macroblock are smoothed (section 9.6 and 15).</summary>
    public LossyFilterStrength Strength(int segment, bool hasSubblockModes)
    {
        int level = HasSegments ? _levels[segment] + (_isAbsolute ? 0 : FilterLevel) : FilterLevel;
        level = Math.Clamp(level + _intraDelta + (hasSubblockModes ? _subblockDelta : 0), 0, 63);
        int inner = level;
        if (Sharpness > 0)
            inner = Math.Min(inner >> (Sharpness > 4 ? 2 : 1), 9 - Sharpness);
        inner = Math.Max(inner, 1);
        return new LossyFilterStrength(level == 0 ? 0 : (2 * level) + inner, inner, level >= 40 ? 2 : level >= 15 ? 1 : 0);
    }

    private void ReadSegments(BoolDecoder bits)
    {
        HasSegments = bits.Flag();
        if (!HasSegments)
            return;
        HasSegmentMap = bits.Flag();
        if (bits.Flag())
        {
            _isAbsolute = bits.Flag();
            for (int i = 0; i < Segments; i++)
                _quantizers[i] = bits.Optional(7);
            for (int i = 0; i < Segments; i++)
                _levels[i] = bits.Optional(6);
        }

        for (int i = 0; i < SegmentProbabilities.Length && HasSegmentMap; i++)
            SegmentProbabilities[i] = bits.Flag() ? (byte)bits.Number(8) : (byte)255;
    }

    private void ReadFilter(BoolDecoder bits)
    {
        IsSimpleFilter = bits.Flag();
        FilterLevel = bits.Number(6);
        Sharpness = bits.Number(3);
        if (!bits.Flag() || !bits.Flag())
            return;
        Span<int> deltas = stackalloc int[8];
        for (int i = 0; i < deltas.Length; i++)
            deltas[i] = bits.Optional(6);
        (_intraDelta, _subblockDelta) = (deltas[0], deltas[4]);
    }

    private void ReadPartitions(BoolDecoder bits, ReadOnlyMemory<byte> data)
    {
        Partitions = new BoolDecoder[1 << bits.Number(2)];
        int sizes = 3 * (Partitions.Length - 1);
        if (sizes > data.Length)
            throw PictureException.Truncated("WebP");
        ReadOnlyMemory<byte> rest = data[sizes..];
        for (int i = 0; i < Partitions.Length; i++)
        {
            int size = rest.Length;
            if (i < Partitions.Length - 1)
            {
                ReadOnlySpan<byte> number = data.Span[(3 * i)..];
                size = number[0] | (number[1] << 8) | (number[2] << 16);
            }

            if (size > rest.Length)
                throw PictureException.Truncated("WebP");
            Partitions[i] = new BoolDecoder(rest[..size]);
            rest = rest[size..];
        }
    }

    private void ReadQuantization(BoolDecoder bits)
    {
        int index = bits.Number(7);
        Span<int> deltas = stackalloc int[5];
        for (int i = 0; i < deltas.Length; i++)
            deltas[i] = bits.Optional(4);
        for (int i = 0; i < Segments; i++)
        {
            int q = !HasSegments ? index : _quantizers[i] + (_isAbsolute ? 0 : index);
            Quantization[i] = LossyQuantization.Of(q, deltas);
        }
    }

    private void ReadProbabilities(BoolDecoder bits)
    {
        for (int i = 0; i < Probabilities.Length; i++)
        {
            if (bits.Bit(LossyTables.UpdateProbabilities[i]))
                Probabilities[i] = (byte)bits.Number(8);
        }

        HasSkips = bits.Flag();
        if (HasSkips)
            SkipProbability = bits.Number(8);
    }
}
