namespace Cnn.Imaging.Decoding.Jpeg;

/// <summary>The header of a scan (ITU-T T.81, B.2.3), and the way through its blocks.</summary>
internal sealed class JpegScan
{
    private readonly JpegFrame _frame;
    private readonly JpegComponent[] _components;
    private readonly HuffmanTable?[] _dc;
    private readonly HuffmanTable?[] _ac;
    private readonly int[][] _quantization;
    private readonly int _first;
    private readonly int _last;
    private readonly int _high;
    private readonly int _low;
    private readonly short[] _block = new short[64];
    private int _endOfBand;

    public JpegScan(JpegFrame frame, ReadOnlySpan<byte> segment, HuffmanTable?[] dc, HuffmanTable?[] ac, int[][] quantization)
    {
        (_frame, _dc, _ac, _quantization) = (frame, dc, ac, quantization);
        int count = segment.Length == 0 ? 0 : segment[0];
        if (count is < 1 or > 4 || segment.Length != 4 + (2 * count))
            throw PictureException.Damaged("JPEG", "the header of a scan has another length");
        _components = new JpegComponent[count];
        for (int i = 0; i < count; i++)
        {
            int identifier = segment[1 + (2 * i)];
            _components[i] = frame.Components.FirstOrDefault(component => component.Identifier == identifier)
                ?? throw PictureException.Damaged("JPEG", "a scan has a component that its frame has not");
            if (Array.IndexOf(_components, _components[i]) < i)
                throw PictureException.Damaged("JPEG", "a scan has a component twice");
            (_components[i].DcTable, _components[i].AcTable) = (segment[2 + (2 * i)] >> 4 & 3, segment[2 + (2 * i)] & 3);
        }

        ReadOnlySpan<byte> rest = segment[(1 + (2 * count))..];
        (_first, _last, _high, _low) = frame.IsProgressive ? (rest[0], rest[1], rest[2] >> 4, rest[2] & 15) : (0, 63, 0, 0);
        bool fits = _first <= _last && _last <= 63 && _low <= 13 && (_high == 0 || _high == _low + 1)
            && (!frame.IsProgressive || (_first == 0 ? _last == 0 : count == 1));
        if (!fits)
            throw PictureException.Damaged("JPEG", "the header of a scan has coefficients that there are not");
    }

    /// <summary>Decodes all blocks.</summary>
    /// <returns>Where the next marker is.</returns>
    public int Decode(ReadOnlySpan<byte> file, int position, int restartInterval)
    {
        BitReader bits = new(file, position);
        bool isAlone = _components.Length == 1;
        JpegComponent only = _components[0];
        int across = isAlone ? only.OwnBlocksAcross : _frame.UnitsAcross;
        int down = isAlone ? only.OwnBlocksDown : _frame.UnitsDown;
        Reset();
        int left = restartInterval;
        for (int unit = 0; unit < across * down; unit++)
        {
            if (restartInterval > 0 && left-- == 0)
            {
                bits.Restart();
                Reset();
                left = restartInterval - 1;
            }

            (int y, int x) = Math.DivRem(unit, across);
            if (isAlone)
            {
                Block(ref bits, only, x, y);
                continue;
            }

            foreach (JpegComponent component in _components)
            {
                for (int row = 0; row < component.Vertical; row++)
                {
                    for (int column = 0; column < component.Horizontal; column++)
                        Block(ref bits, component, (x * component.Horizontal) + column, (y * component.Vertical) + row);
                }
            }
        }

        return bits.Position;
    }

    private void Reset()
    {
        _endOfBand = 0;
        foreach (JpegComponent component in _components)
            component.DcPrediction = 0;
    }

    private void Block(ref BitReader bits, JpegComponent component, int x, int y)
    {
        if (!_frame.IsProgressive)
        {
            _block.AsSpan().Clear();
            Sequential(ref bits, component, _block);
            InverseDct.Transform(_block, _quantization[component.Quantization], component.SamplesOf(x, y), component.Stride);
            return;
        }

        Span<short> block = component.Block(x, y);
        if (_first == 0)
            Dc(ref bits, component, block);
        else if (_high == 0)
            AcFirst(ref bits, component, block);
        else
            AcRefined(ref bits, component, block);
    }

    private static HuffmanTable Table(HuffmanTable?[] tables, int index) =>
        tables[index] ?? throw PictureException.Damaged("JPEG", "a scan has a Huffman table that there is not");

    private static int DcDifference(ref BitReader bits, HuffmanTable table)
    {
        int length = table.Decode(ref bits);
        return length <= 15 ? bits.Signed(length) : throw PictureException.Damaged("JPEG", "a coefficient has more than 15 bits");
    }

    private void Sequential(ref BitReader bits, JpegComponent component, Span<short> block)
    {
        component.DcPrediction += DcDifference(ref bits, Table(_dc, component.DcTable));
        block[0] = (short)component.DcPrediction;
        HuffmanTable table = Table(_ac, component.AcTable);
        for (int k = 1; k < 64; k++)
        {
            int symbol = table.Decode(ref bits);
            int length = symbol & 15;
            if (length == 0)
            {
                if (symbol != 0xF0)
                    return;
                k += 15;
                continue;
            }

            k += symbol >> 4;
            block[k] = (short)bits.Signed(length);
        }
    }

    private void Dc(ref BitReader bits, JpegComponent component, Span<short> block)
    {
        if (_high != 0)
        {
            if (bits.Bit() == 1)
                block[0] |= (short)(1 << _low);
            return;
        }

        component.DcPrediction += DcDifference(ref bits, Table(_dc, component.DcTable));
        block[0] = (short)(component.DcPrediction << _low);
    }

    private void AcFirst(ref BitReader bits, JpegComponent component, Span<short> block)
    {
        if (_endOfBand > 0)
        {
            _endOfBand--;
            return;
        }

        HuffmanTable table = Table(_ac, component.AcTable);
        for (int k = _first; k <= _last; k++)
        {
            int symbol = table.Decode(ref bits);
            int run = symbol >> 4;
            int length = symbol & 15;
            if (length == 0)
            {
                if (run < 15)
                {
                    _endOfBand = (1 << run) - 1 + bits.Bits(run);
                    return;
                }

                k += 15;
                continue;
            }

            k += run;
            block[k] = (short)(bits.Signed(length) << _low);
        }
    }

    /// <summary>One more bit of each coefficient (G.1.2.3): those that are not 0 have a bit of correction, also those that a run passes over.</summary>
    private void AcRefined(ref BitReader bits, JpegComponent component, Span<short> block)
    {
        int k = _first;
        if (_endOfBand == 0)
        {
            HuffmanTable table = Table(_ac, component.AcTable);
            for (; k <= _last; k++)
            {
                int symbol = table.Decode(ref bits);
                int run = symbol >> 4;
                int value = 0;
                if ((symbol & 15) != 0)
                {
                    value = bits.Bit() == 1 ? 1 << _low : -(1 << _low);
                }
                else if (run < 15)
                {
                    _endOfBand = (1 << run) + bits.Bits(run);
                    break;
                }

                for (; k <= _last; k++)
                {
                    if (block[k] != 0)
                        Correct(ref bits, ref block[k]);
                    else if (run-- == 0)
                        break;
                }

                if (value != 0)
                    block[k] = (short)value;
            }
        }

        if (_endOfBand == 0)
            return;
        for (; k <= _last; k++)
        {
            if (block[k] != 0)
                Correct(ref bits, ref block[k]);
        }

        _endOfBand--;
    }

    private void Correct(ref BitReader bits, ref short coefficient)
    {
        if (bits.Bit() == 1 && (Math.Abs((int)coefficient) & (1 << _low)) == 0)
            coefficient += (short)(coefficient >= 0 ? 1 << _low : -(1 << _low));
    }
}
