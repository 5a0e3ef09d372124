using System.Buffers.Binary;

namespace Cnn.Imaging.Decoding.Png;

/// <summary>From the rows of a file to pixels of 8 bits a channel. Of 16 bits the higher 8 are taken, as PIL does with colours.</summary>
internal sealed class PngPixels
{
    private readonly PngHeader _header;
    private readonly byte[] _palette;
    private readonly byte[]? _transparency;
    private readonly int _channels;
    private readonly byte[] _target;
    private readonly int[] _transparent;

    public PngPixels(PngFile file)
    {
        _header = file.Header;
        _palette = file.Palette;
        _transparency = file.Transparency;
        _channels = (_header.Colour == PngColour.Palette ? 3 : _header.Samples) + (_transparency is null ? 0 : 1);
        if (_header.Colour is PngColour.GreyAlpha or PngColour.RgbAlpha)
        {
            _channels = _header.Samples;
            _transparency = null;
        }

        _target = new byte[checked(_header.Width * _header.Height * _channels)];
        _transparent = new int[_header.Samples];
        for (int i = 0; i < _header.Samples && _transparency is not null && _header.Colour != PngColour.Palette; i++)
            _transparent[i] = BinaryPrimitives.ReadUInt16BigEndian(_transparency.AsSpan(2 * i, 2));
    }

    public Raster Raster(int orientation) => new(_header.Width, _header.Height, _channels, _target, orientation);

    /// <summary>Takes a row of the picture, or of one pass over it.</summary>
    public void Take(ReadOnlySpan<byte> line, int columns, int x, int step, int y)
    {
        Span<byte> row = _target.AsSpan(y * _header.Width * _channels, _header.Width * _channels);
        if (_header.Depth == 8 && step == 1 && _header.Colour != PngColour.Palette && _transparency is null)
        {
            line.CopyTo(row);
            return;
        }

        for (int i = 0; i < columns; i++)
        {
            Span<byte> pixel = row.Slice((x + (i * step)) * _channels, _channels);
            if (_header.Colour == PngColour.Palette)
                TakeIndex(Sample(line, i), pixel);
            else
                TakeSamples(line, i * _header.Samples, pixel);
        }
    }

    private void TakeIndex(int index, Span<byte> pixel)
    {
        if (index >= _palette.Length / 3)
            throw PictureException.Damaged("PNG", "a pixel has a colour that its palette has not");
        _palette.AsSpan(3 * index, 3).CopyTo(pixel);
        if (_transparency is not null)
            pixel[3] = index < _transparency.Length ? _transparency[index] : (byte)255;
    }

    private void TakeSamples(ReadOnlySpan<byte> line, int first, Span<byte> pixel)
    {
        bool isTransparent = _transparency is not null;
        for (int i = 0; i < _header.Samples; i++)
        {
            int sample = Sample(line, first + i);
            isTransparent &= sample == _transparent[i];
            pixel[i] = _header.Depth switch
            {
                16 => (byte)(sample >> 8),
                8 => (byte)sample,
                _ => (byte)(sample * 255 / ((1 << _header.Depth) - 1)),
            };
        }

        if (_transparency is not null)
            pixel[^1] = isTransparent ? (byte)0 : (byte)255;
    }

    private int Sample(ReadOnlySpan<byte> line, int index)
    {
        int depth = _header.Depth;
        if (depth == 8)
            return line[index];
        if (depth == 16)
            return (line[2 * index] << 8) | line[(2 * index) + 1];
        int bit = index * depth;
        return (line[bit >> 3] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    }
}
