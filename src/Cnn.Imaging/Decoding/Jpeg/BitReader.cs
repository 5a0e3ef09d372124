namespace Cnn.Imaging.Decoding.Jpeg;

/// <summary>Bits of entropy-coded data: a byte 0 behind 0xFF is dropped, and a marker ends them.</summary>
/// <param name="data">The file.</param>
/// <param name="position">Where the data begin.</param>
internal ref struct BitReader(ReadOnlySpan<byte> data, int position)
{
    /// <summary>Bits that are looked at beyond the end of valid data: no more than a code has.</summary>
    private const int MostBeyond = 16;

    private readonly ReadOnlySpan<byte> _data = data;
    private ulong _bits;
    private int _count;
    private int _beyond;

    /// <summary>Of the next byte that is not taken yet: at the end of data, of a marker.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The next 16 bits; zeros behind the end.</summary>
    public int Peek16()
    {
        if (_count < 16)
            Fill();
        return (int)(_bits >> (_count - 16)) & 0xFFFF;
    }

    public void Skip(int bits)
    {
        _count -= bits;
        if (_count < _beyond)
            throw Position + 1 >= _data.Length ? PictureException.Truncated("JPEG") : PictureException.Damaged("JPEG", "a scan ends before its blocks do");
    }

    public int Bit() => Bits(1);

    public int Bits(int count)
    {
        if (count == 0)
            return 0;
        int value = Peek16() >> (16 - count);
        Skip(count);
        return value;
    }

    /// <summary>A number of so many bits, whose first half is negative (F.2.2.1).</summary>
    public int Signed(int count)
    {
        int value = Bits(count);
        return count > 0 && value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
    }

    /// <summary>Drops what is left of a byte, and takes the marker of a restart.</summary>
    public void Restart()
    {
        _bits = 0;
        _count = 0;
        _beyond = 0;
        while (Position + 1 < _data.Length && _data[Position] == 0xFF && _data[Position + 1] == 0xFF)
            Position++;
        if (Position + 1 >= _data.Length)
            throw PictureException.Truncated("JPEG");
        if (_data[Position] != 0xFF || _data[Position + 1] is < 0xD0 or > 0xD7)
            throw PictureException.Damaged("JPEG", "there is no restart where one should be");
        Position += 2;
    }

    private void Fill()
    {
        while (_count <= 48)
        {
            byte next = 0;
            bool isEnd = Position >= _data.Length;
            if (!isEnd)
            {
                next = _data[Position];
                isEnd = next == 0xFF && (Position + 1 >= _data.Length || _data[Position + 1] != 0);
            }

            if (isEnd)
            {
                if (_beyond > MostBeyond + 48)
                    return;
                next = 0;
                _beyond += 8;
            }
            else
            {
                Position += next == 0xFF ? 2 : 1;
            }

            _bits = (_bits << 8) | next;
            _count += 8;
        }
    }
}
