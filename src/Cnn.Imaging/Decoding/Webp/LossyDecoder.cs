namespace Cnn.Imaging.Decoding.Webp;

/// <summary>Decodes a key frame of VP8 (RFC 6386).</summary>
internal sealed class LossyDecoder
{
    private readonly LossyHeader _header;
    private readonly int _across;
    private readonly int _down;
    private readonly Plane _luma;
    private readonly Plane _u;
    private readonly Plane _v;
    private readonly LossyModes _modes;
    private readonly LossyResidual _residual;
    private readonly (LossyFilterStrength Strength, bool HasInner)[] _filters;

    private LossyDecoder(ReadOnlyMemory<byte> frame)
    {
        _header = LossyHeader.Read(frame);
        _across = (_header.Width + 15) / 16;
        _down = (_header.Height + 15) / 16;
        _luma = new Plane(16 * _across, 16 * _down);
        _u = new Plane(8 * _across, 8 * _down);
        _v = new Plane(8 * _across, 8 * _down);
        _modes = new LossyModes(_header, _across);
        _residual = new LossyResidual(_header, _across);
        _filters = new (LossyFilterStrength, bool)[_across * _down];
    }

    /// <returns>Red, green and blue of each pixel.</returns>
    public static byte[] Decode(ReadOnlyMemory<byte> frame)
    {
        LossyDecoder decoder = new(frame);
        for (int y = 0; y < decoder._down; y++)
            decoder.Row(y);

        // Blocks are predicted from what is not smoothed yet, so that smoothing comes behind all of them.
        if (decoder._header.FilterLevel > 0)
            decoder.Filter();
        return LossyColours.Convert(decoder._luma, decoder._u, decoder._v, decoder._header.Width, decoder._header.Height);
    }

    private void Row(int y)
    {
        BoolDecoder bits = _header.Partitions[y & (_header.Partitions.Length - 1)];
        _modes.BeginRow();
        _residual.BeginRow();
        for (int x = 0; x < _across; x++)
        {
            _modes.Read(x);
            bool hasMeans = !_modes.HasSubblocks;
            bool hasResidual = false;
            if (_modes.IsSkipped)
                _residual.Skip(x, hasMeans);
            else
                hasResidual = _residual.Read(bits, x, hasMeans, _header.Quantization[_modes.Segment]);
            _filters[(y * _across) + x] = (_header.Strength(_modes.Segment, _modes.HasSubblocks), _modes.HasSubblocks || hasResidual);
            if (_modes.HasSubblocks)
                Subblocks(x, y);
            else
                Whole(_luma, 16, 16 * x, 16 * y, _modes.Luma, 0);
            Whole(_u, 8, 8 * x, 8 * y, _modes.Chroma, 16);
            Whole(_v, 8, 8 * x, 8 * y, _modes.Chroma, 20);
        }
    }

    private void Whole(Plane plane, int size, int x, int y, LossyMode mode, int block)
    {
        LossyPrediction.Whole(plane, x, y, size, mode);
        for (int row = 0; row < size; row += 4)
        {
            for (int column = 0; column < size; column += 4)
                Add(plane, plane.At(x + column, y + row), block++);
        }
    }

    private void Subblocks(int x, int y)
    {
        // Subblocks at the right edge see the macroblock above on the right, also those below the first row; its last value above where there is none.
        Span<byte> corner = stackalloc byte[4];
        int above = _luma.At((16 * x) + 16, (16 * y) - 1);
        if (y > 0 && x == _across - 1)
            corner.Fill(_luma.Values[above - 1]);
        else
            _luma.Values.AsSpan(above, 4).CopyTo(corner);
        for (int block = 0; block < 16; block++)
        {
            int at = _luma.At((16 * x) + (4 * (block & 3)), (16 * y) + (4 * (block >> 2)));
            ReadOnlySpan<byte> right = (block & 3) == 3 ? corner : _luma.Values.AsSpan(at - _luma.Stride + 4, 4);
            LossyPrediction.Subblock(_luma, at, right, _modes.Subblocks[block]);
            Add(_luma, at, block);
        }
    }

    private void Add(Plane plane, int at, int block)
    {
        if (_residual.HasAny[block])
            LossyTransform.Add(_residual.Coefficients.AsSpan(16 * block, 16), plane.Values.AsSpan(at), plane.Stride);
    }

    private void Filter()
    {
        for (int y = 0; y < _down; y++)
        {
            for (int x = 0; x < _across; x++)
            {
                (LossyFilterStrength strength, bool hasInner) = _filters[(y * _across) + x];
                if (strength.Limit == 0)
                    continue;
                if (_header.IsSimpleFilter)
                {
                    LossyFilter.Simple(_luma, 16 * x, 16 * y, hasInner, strength);
                    continue;
                }

                LossyFilter.Normal(_luma, 16 * x, 16 * y, 16, hasInner, strength);
                LossyFilter.Normal(_u, 8 * x, 8 * y, 8, hasInner, strength);
                LossyFilter.Normal(_v, 8 * x, 8 * y, 8, hasInner, strength);
            }
        }
    }
}
