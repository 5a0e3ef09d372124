namespace Cnn.Imaging.Decoding.Webp;

/// <summary>Bits of a lossless stream, the least significant of a byte first.</summary>
/// <param name="data">The stream.</param>
internal sealed class LosslessBits(ReadOnlyMemory<byte> data)
{
    private readonly ReadOnlyMemory<byte> _data = data;
    private int _position;
    private ulong _value;
    private int _count;

    /// <summary>The next 16 bits; zeros behind the end.</summary>
    public int Peek16()
    {
        if (_count < 16)
            Fill();
        return (int)(_value & 0xFFFF);
    }

    public void Skip(int bits)
    {
        if (bits > _count)
            throw PictureException.Truncated("WebP");
        _value >>= bits;
        _count -= bits;
    }

    public int Number(int bits)
    {
        if (bits > 16)
            return Number(16) | (Number(bits - 16) << 16);
        int value = Peek16() & ((1 << bits) - 1);
        Skip(bits);
        return value;
    }

    public bool Flag() => Number(1) == 1;

    private void Fill()
    {
        ReadOnlySpan<byte> data = _data.Span;
        while (_count <= 56 && _position < data.Length)
        {
            _value |= (ulong)data[_position++] << _count;
            _count += 8;
        }
    }
}
