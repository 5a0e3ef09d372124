namespace Cnn.Imaging.Decoding.Jpeg;

/// <summary>One component of a frame: its sampling, its coefficients, and what they become.</summary>
internal sealed class JpegComponent
{
    public required int Identifier { get; init; }

    /// <summary>Blocks of this component in a unit of interleaved scans, across.</summary>
    public required int Horizontal { get; init; }

    /// <summary>Blocks of this component in a unit of interleaved scans, down.</summary>
    public required int Vertical { get; init; }

    public required int Quantization { get; init; }

    /// <summary>Samples that count, across.</summary>
    public int Width { get; set; }

    /// <summary>Samples that count, down.</summary>
    public int Height { get; set; }

    /// <summary>Blocks across that are stored: whole units.</summary>
    public int BlocksAcross { get; set; }

    /// <summary>Blocks down that are stored: whole units.</summary>
    public int BlocksDown { get; set; }

    /// <summary>Blocks across of scans of this component alone.</summary>
    public int OwnBlocksAcross => (Width + 7) / 8;

    /// <summary>Blocks down of scans of this component alone.</summary>
    public int OwnBlocksDown => (Height + 7) / 8;

    /// <summary>64 coefficients a block, in zigzag order; only where several scans write them.</summary>
    public short[] Coefficients { get; set; } = [];

    public byte[] Samples { get; set; } = [];

    public int Stride => BlocksAcross * 8;

    public int DcTable { get; set; }

    public int AcTable { get; set; }

    public int DcPrediction { get; set; }

    /// <summary>From the first sample of a block on.</summary>
    public Span<byte> SamplesOf(int x, int y) => Samples.AsSpan((y * 8 * Stride) + (x * 8));

    public Span<short> Block(int x, int y) => Coefficients.AsSpan(((y * BlocksAcross) + x) * 64, 64);
}
