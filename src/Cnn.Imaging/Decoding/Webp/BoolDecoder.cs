using System.Numerics;

namespace Cnn.Imaging.Decoding.Webp;

/// <summary>Bits that were coded with their probabilities (RFC 6386, section 7).</summary>
/// <param name="data">A partition.</param>
internal sealed class BoolDecoder(ReadOnlyMemory<byte> data)
{
    private readonly ReadOnlyMemory<byte> _data = data;
    private int _position;
    private ulong _value;

    /// <summary>One less than the range, from 127 to 254.</summary>
    private uint _range = 254;

    /// <summary>Bits of the value below the eight that are compared.</summary>
    private int _bits = -8;

    public bool Bit(int probability)
    {
        if (_bits < 0)
            Fill();
        uint split = (_range * (uint)probability) >> 8;
        bool bit = (uint)(_value >> _bits) > split;
        uint range;
        if (bit)
        {
            range = _range - split;
            _value -= (ulong)(split + 1) << _bits;
        }
        else
        {
            range = split + 1;
        }

        int shift = 7 ^ BitOperations.Log2(range);
        _range = (range << shift) - 1;
        _bits -= shift;
        return bit;
    }

    public bool Flag() => Bit(128);

    public int Number(int bits)
    {
        int value = 0;
        for (int i = 0; i < bits; i++)
            value = (value << 1) | (Flag() ? 1 : 0);
        return value;
    }

    /// <summary>Magnitude, then sign.</summary>
    public int Signed(int bits)
    {
        int value = Number(bits);
        return Flag() ? -value : value;
    }

    /// <summary>A signed number that may be left out: 0.</summary>
    public int Optional(int bits) => Flag() ? Signed(bits) : 0;

    private void Fill()
    {
        ReadOnlySpan<byte> data = _data.Span;
        if (_position >= data.Length)
            throw PictureException.Truncated("WebP");
        while (_bits <= 40 && _position < data.Length)
        {
            _value = (_value << 8) | data[_position++];
            _bits += 8;
        }
    }
}
