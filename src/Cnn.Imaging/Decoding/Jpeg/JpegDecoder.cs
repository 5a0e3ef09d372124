using System.Buffers.Binary;

namespace Cnn.Imaging.Decoding.Jpeg;

/// <summary>
/// Decodes JPEG files (ITU-T T.81) of 8 bits with Huffman codes, sequential and progressive, to the values that libjpeg-turbo gives with its
/// defaults.
/// </summary>
/// <param name="file">The file.</param>
internal ref struct JpegDecoder(ReadOnlySpan<byte> file)
{
    /// <summary>A scan may go over all blocks and say nothing, so that many of them in a short file would take long. Encoders write about ten.</summary>
    private const int MostScans = 100;

    private const int StartOfImage = 0xD8;
    private const int EndOfImage = 0xD9;
    private const int StartOfScan = 0xDA;

    private readonly ReadOnlySpan<byte> _file = file;
    private readonly HuffmanTable?[] _dc = new HuffmanTable?[4];
    private readonly HuffmanTable?[] _ac = new HuffmanTable?[4];
    private readonly int[][] _quantization = [[], [], [], []];
    private JpegFrame? _frame;
    private int _position = 2;
    private int _restartInterval;
    private int _orientation = 1;
    private int _scans;
    private bool _isJfif;
    private int? _adobeTransform;
    private bool _isEnd;

    public static PictureInfo Identify(ReadOnlySpan<byte> file)
    {
        JpegDecoder decoder = new(file);
        while (decoder._frame is null)
            decoder.Segment(headersOnly: true);
        return new PictureInfo(PictureFormat.Jpeg, decoder._frame.Width, decoder._frame.Height);
    }

    public Raster Decode()
    {
        while (!_isEnd)
            Segment(headersOnly: false);
        if (_frame is null || _scans == 0)
            throw PictureException.Damaged("JPEG", "it has no picture");
        if (_frame.IsProgressive)
            Transform(_frame);
        return Pixels(_frame);
    }

    private void Segment(bool headersOnly)
    {
        int marker = Marker();
        if (marker == EndOfImage)
        {
            _isEnd = true;
            if (headersOnly)
                throw PictureException.Damaged("JPEG", "it has no picture");
            return;
        }

        if (marker is >= 0xD0 and <= StartOfImage or 0x01)
            return;
        if (_position + 2 > _file.Length)
            throw PictureException.Truncated("JPEG");
        int length = BinaryPrimitives.ReadUInt16BigEndian(_file[_position..]);
        if (length < 2)
            throw PictureException.Damaged("JPEG", "a segment is shorter than its length");
        if (_position + length > _file.Length)
            throw PictureException.Truncated("JPEG");
        ReadOnlySpan<byte> segment = _file.Slice(_position + 2, length - 2);
        _position += length;
        Take(marker, segment, headersOnly);
    }

    private int Marker()
    {
        // What stands between a scan and the next marker belongs to neither; any number of 0xFF may come before a marker.
        while (_position + 1 < _file.Length && (_file[_position] != 0xFF || _file[_position + 1] is 0 or 0xFF))
            _position++;
        if (_position + 1 >= _file.Length)
            throw PictureException.Truncated("JPEG");
        _position += 2;
        return _file[_position - 1];
    }

    private void Take(int marker, ReadOnlySpan<byte> segment, bool headersOnly)
    {
        switch (marker)
        {
            case 0xC4:
                HuffmanTables(segment);
                break;
            case 0xDB:
                QuantizationTables(segment);
                break;
            case 0xDD:
                _restartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment);
                break;
            case 0xC0 or 0xC1 or 0xC2:
                Frame(segment, marker, headersOnly);
                break;
            case >= 0xC3 and <= 0xCF and not (0xC8 or 0xCC):
                throw PictureException.Unsupported("JPEG", "lossless, hierarchical or arithmetic coding");
            case StartOfScan:
                Scan(segment);
                break;
            case 0xE0 when segment.StartsWith("JFIF\0"u8):
                _isJfif = true;
                break;
            case 0xE1 when segment.StartsWith("Exif\0\0"u8):
                _orientation = Exif.Orientation(segment);
                break;
            case 0xEE when segment.Length >= 12 && segment.StartsWith("Adobe"u8):
                _adobeTransform = segment[11];
                break;
        }
    }

    private void Frame(ReadOnlySpan<byte> segment, int marker, bool headersOnly)
    {
        if (_frame is not null)
            throw PictureException.Unsupported("JPEG", "several frames");
        _frame = JpegFrame.Read(segment, isProgressive: marker == 0xC2);
        if (headersOnly)
            return;

        // Each block of 64 samples takes at least a bit.
        if ((long)_frame.UnitsAcross * _frame.UnitsDown / 8 > _file.Length)
            throw PictureException.Truncated("JPEG");
        _frame.Allocate();
    }

    private void Scan(ReadOnlySpan<byte> segment)
    {
        if (_frame is null)
            throw PictureException.Damaged("JPEG", "a scan comes before its frame");
        if (++_scans > MostScans)
            throw PictureException.Unsupported("JPEG", "more than 100 scans");
        if (!_frame.IsProgressive)
        {
            foreach (JpegComponent component in _frame.Components)
                Quantization(component);
        }

        _position = new JpegScan(_frame, segment, _dc, _ac, _quantization).Decode(_file, _position, _restartInterval);
    }

    private readonly void HuffmanTables(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            if (segment.Length < 17)
                throw PictureException.Damaged("JPEG", "a Huffman table is shorter than it says");
            ReadOnlySpan<byte> counts = segment.Slice(1, 16);
            int symbols = 0;
            foreach (byte count in counts)
                symbols += count;
            if (symbols > 256 || segment.Length < 17 + symbols || (segment[0] & 0xEC) != 0)
                throw PictureException.Damaged("JPEG", "a Huffman table is shorter than it says");
            HuffmanTable table = new(counts, segment.Slice(17, symbols));
            (segment[0] >> 4 == 0 ? _dc : _ac)[segment[0] & 3] = table;
            segment = segment[(17 + symbols)..];
        }
    }

    private readonly void QuantizationTables(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            int size = segment[0] >> 4 == 0 ? 1 : 2;
            if (segment.Length < 1 + (64 * size) || (segment[0] & 15) > 3)
                throw PictureException.Damaged("JPEG", "a quantisation table is shorter than it says");
            int[] table = new int[64];
            for (int i = 0; i < 64; i++)
                table[i] = size == 1 ? segment[1 + i] : BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + (2 * i))..]);
            _quantization[segment[0] & 15] = table;
            segment = segment[(1 + (64 * size))..];
        }
    }

    private readonly int[] Quantization(JpegComponent component) => _quantization[component.Quantization] is { Length: 64 } table
        ? table
        : throw PictureException.Damaged("JPEG", "a component has a quantisation table that there is not");

    private readonly void Transform(JpegFrame frame)
    {
        foreach (JpegComponent component in frame.Components)
        {
            int[] quantization = Quantization(component);
            for (int y = 0; y < component.BlocksDown; y++)
            {
                for (int x = 0; x < component.BlocksAcross; x++)
                    InverseDct.Transform(component.Block(x, y), quantization, component.SamplesOf(x, y), component.Stride);
            }

            component.Coefficients = [];
        }
    }

    private readonly Raster Pixels(JpegFrame frame)
    {
        JpegColourSpace space = JpegColours.SpaceOf(frame, _isJfif, _adobeTransform);
        int channels = space == JpegColourSpace.Grey ? 1 : 3;
        byte[] target = new byte[checked(frame.Width * frame.Height * channels)];
        Upsampling[] components = [.. frame.Components.Select(component => new Upsampling(component, frame))];
        byte[][] rows = [.. frame.Components.Select(_ => new byte[frame.Width])];
        for (int y = 0; y < frame.Height; y++)
        {
            for (int i = 0; i < rows.Length; i++)
                components[i].Row(y, rows[i]);
            JpegColours.Convert(space, rows, target.AsSpan(y * frame.Width * channels, frame.Width * channels));
        }

        return new Raster(frame.Width, frame.Height, channels, target, _orientation);
    }
}
