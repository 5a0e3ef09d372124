namespace LeNetSample.Images;

/// <summary>Portable graymap: <c>P2</c> with decimal text, <c>P5</c> with one or two bytes a pixel (netpbm's pgm(5)).</summary>
internal ref struct PgmReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _path;
    private int _position;

    private PgmReader(ReadOnlySpan<byte> bytes, string path)
    {
        _bytes = bytes;
        _path = path;
        _position = 2;
    }

    public static GrayImage Read(ReadOnlySpan<byte> bytes, string path)
    {
        PgmReader reader = new(bytes, path);
        int width = reader.Number("the width");
        int height = reader.Number("the height");
        GrayImage.CheckSize(width, height, path);
        int white = reader.Number("the largest gray value");
        if (white is < 1 or > 65535)
            throw new ImageException($"{path}: the largest gray value is {white}, and PGM allows 1 to 65535.");
        byte[] pixels = new byte[width * height];
        if (bytes[1] == (byte)'2')
            reader.Text(pixels, white);
        else
            reader.Binary(pixels, white);
        return new GrayImage(width, height, pixels);
    }

    private void Text(byte[] pixels, int white)
    {
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = Scale(Number("pixel", i), white);
    }

    private void Binary(byte[] pixels, int white)
    {
        // Exactly one white-space character stands between the header and the pixels.
        _position++;
        int size = white < 256 ? 1 : 2;
        int held = Math.Max(0, _bytes.Length - _position);
        if (held < (long)pixels.Length * size)
            throw new ImageException($"{_path}: the PGM file is cut off: it holds {held} {(held == 1 ? "byte" : "bytes")} of pixels and needs {(long)pixels.Length * size}.");
        for (int i = 0; i < pixels.Length; i++)
        {
            int at = _position + i * size;
            pixels[i] = Scale(size == 1 ? _bytes[at] : _bytes[at] << 8 | _bytes[at + 1], white);
        }
    }

    private int Number(string what, int index = -1)
    {
        SkipSpaceAndComments();
        int start = _position;
        int value = 0;
        while (_position < _bytes.Length && _bytes[_position] is >= (byte)'0' and <= (byte)'9' && value < 100_000_000)
            value = value * 10 + _bytes[_position++] - '0';
        if (_position > start)
            return value;
        string which = index < 0 ? what : $"{what} {index}";
        string found = _position < _bytes.Length ? $"byte 0x{_bytes[_position]:x2}" : "the end of the file";
        throw new ImageException($"{_path}: the PGM file has {found} where {which} should be, a decimal number.");
    }

    private void SkipSpaceAndComments()
    {
        while (_position < _bytes.Length)
        {
            if (_bytes[_position] == (byte)'#')
            {
                while (_position < _bytes.Length && _bytes[_position] != (byte)'\n')
                    _position++;
            }
            else if (_bytes[_position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0x0B or 0x0C)
            {
                _position++;
            }
            else
            {
                return;
            }
        }
    }

    private static byte Scale(int value, int white) => (byte)((Math.Min(value, white) * 255L + white / 2) / white);
}
