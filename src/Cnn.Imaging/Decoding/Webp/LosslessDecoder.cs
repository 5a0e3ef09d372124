namespace Cnn.Imaging.Decoding.Webp;

/// <summary>Decodes lossless WebP (specification of the WebP lossless bitstream).</summary>
internal sealed class LosslessDecoder
{
    private const byte Signature = 0x2F;
    private const int HeaderBytes = 5;
    private const int Lengths = 24;
    private const int Distances = 40;
    private const int Literals = 256;

    /// <summary>
    /// What the tables of all prefix codes may have. A file of a megabyte could ask for gigabytes; libwebp writes at most 2,600 groups of five codes.
    /// </summary>
    private const int MostEntries = 8 * 1024 * 1024;

    private readonly LosslessBits _bits;
    private int _entries;

    private LosslessDecoder(LosslessBits bits) => _bits = bits;

    /// <summary>Where the first 120 distances lie: rows above in the higher half of a byte, 8 less columns to the left in the lower one.</summary>
    private static ReadOnlySpan<byte> NearPlaces =>
    [
        24, 7, 23, 25, 40, 6, 39, 41, 22, 26, 38, 42, 56, 5, 55, 57, 21, 27, 54, 58, 37, 43, 72, 4,
        71, 73, 20, 28, 53, 59, 70, 74, 36, 44, 88, 69, 75, 52, 60, 3, 87, 89, 19, 29, 86, 90, 35, 45,
        68, 76, 85, 91, 51, 61, 104, 2, 103, 105, 18, 30, 102, 106, 34, 46, 84, 92, 67, 77, 101, 107, 50, 62,
        120, 1, 119, 121, 83, 93, 17, 31, 100, 108, 66, 78, 118, 122, 33, 47, 117, 123, 49, 63, 99, 109, 82, 94,
        0, 116, 124, 65, 79, 16, 32, 98, 110, 48, 115, 125, 81, 95, 64, 114, 126, 97, 111, 80, 113, 127, 96, 112,
    ];

    public static (int Width, int Height, bool HasAlpha) Header(ReadOnlySpan<byte> data)
    {
        if (data.Length < HeaderBytes)
            throw PictureException.Truncated("WebP");
        uint bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        if (data[0] != Signature || bits >> 29 != 0)
            throw PictureException.Damaged("WebP", "its lossless stream has another signature or version");
        return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1, ((bits >> 28) & 1) == 1);
    }

    /// <returns>Alpha, red, green and blue of each pixel, from the highest byte down.</returns>
    public static uint[] Decode(ReadOnlyMemory<byte> data)
    {
        (int width, int height, _) = Header(data.Span);
        return Decode(data[HeaderBytes..], width, height);
    }

    /// <summary>A stream without its header.</summary>
    public static uint[] Decode(ReadOnlyMemory<byte> stream, int width, int height) => new LosslessDecoder(new LosslessBits(stream)).Picture(width, height);

    private uint[] Picture(int width, int height)
    {
        List<LosslessTransform> transforms = [];
        int columns = width;
        while (_bits.Flag())
        {
            LosslessTransform transform = Transform(_bits.Number(2), ref columns, height);
            if (transforms.Any(other => other.Kind == transform.Kind))
                throw PictureException.Damaged("WebP", "a transform comes twice");
            transforms.Add(transform);
        }

        uint[] pixels = Pixels(columns, height, isPicture: true);
        for (int i = transforms.Count - 1; i >= 0; i--)
            pixels = transforms[i].Undo(pixels, height);
        return pixels;
    }

    private LosslessTransform Transform(int kind, ref int columns, int height)
    {
        int width = columns;
        switch ((LosslessTransformKind)kind)
        {
            case LosslessTransformKind.SubtractGreen:
                return new LosslessTransform(LosslessTransformKind.SubtractGreen, width, 0, []);
            case LosslessTransformKind.Palette:
                int colours = _bits.Number(8) + 1;
                uint[] palette = Pixels(colours, 1, isPicture: false);
                for (int i = 1; i < palette.Length; i++)
                    palette[i] = LosslessTransform.Sum(palette[i], palette[i - 1]);
                int packing = colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3;
                columns = Tiles(width, packing);
                return new LosslessTransform(LosslessTransformKind.Palette, width, packing, palette);
            default:
                int bits = _bits.Number(3) + 2;
                return new LosslessTransform((LosslessTransformKind)kind, width, bits, Pixels(Tiles(width, bits), Tiles(height, bits), isPicture: false));
        }
    }

    public static int Tiles(int length, int bits) => (length + (1 << bits) - 1) >> bits;

    private uint[] Pixels(int width, int height, bool isPicture)
    {
        int cacheBits = 0;
        if (_bits.Flag())
        {
            cacheBits = _bits.Number(4);
            if (cacheBits is < 1 or > 11)
                throw PictureException.Damaged("WebP", "its cache of colours has a size that there is not");
        }

        int groupBits = 0;
        uint[] groups = [];
        int count = 1;
        if (isPicture && _bits.Flag())
        {
            groupBits = _bits.Number(3) + 2;
            groups = Pixels(Tiles(width, groupBits), Tiles(height, groupBits), isPicture: false);
            for (int i = 0; i < groups.Length; i++)
            {
                groups[i] = (groups[i] >> 8) & 0xFFFF;
                count = Math.Max(count, (int)groups[i] + 1);
            }
        }

        if (count > Math.Max(1, groups.Length))
            throw PictureException.Damaged("WebP", "it has more groups of prefix codes than parts");
        LosslessCode[][] codes = new LosslessCode[count][];
        for (int i = 0; i < count; i++)
            codes[i] = [Code(Literals + Lengths + (cacheBits == 0 ? 0 : 1 << cacheBits)), Code(Literals), Code(Literals), Code(Literals), Code(Distances)];
        return Coded(width, height, cacheBits, groupBits, groups, codes);
    }

    private LosslessCode Code(int symbols)
    {
        LosslessCode code = LosslessCodeReader.Read(_bits, symbols);
        _entries += code.Entries;
        return _entries <= MostEntries ? code : throw PictureException.Unsupported("WebP", "more prefix codes than encoders write");
    }

    private uint[] Coded(int width, int height, int cacheBits, int groupBits, uint[] groups, LosslessCode[][] codes)
    {
        uint[] pixels = new uint[checked(width * height)];
        uint[] cache = new uint[cacheBits == 0 ? 0 : 1 << cacheBits];
        int across = Tiles(width, groupBits);
        for (int at = 0; at < pixels.Length;)
        {
            LosslessCode[] code = codes[groups.Length == 0 ? 0 : groups[((at / width) >> groupBits) * across + ((at % width) >> groupBits)]];
            int symbol = code[0].Decode(_bits);
            int end = at + 1;
            if (symbol < Literals)
            {
                int red = code[1].Decode(_bits);
                int blue = code[2].Decode(_bits);
                int alpha = code[3].Decode(_bits);
                pixels[at] = (uint)((alpha << 24) | (red << 16) | (symbol << 8) | blue);
            }
            else if (symbol < Literals + Lengths)
            {
                end = at + Extended(symbol - Literals);
                int distance = Distance(Extended(code[4].Decode(_bits)), width);
                if (distance > at || end > pixels.Length)
                    throw PictureException.Damaged("WebP", "pixels are copied from or to outside of the picture");
                for (int i = at; i < end; i++)
                    pixels[i] = pixels[i - distance];
            }
            else
            {
                pixels[at] = cache[symbol - Literals - Lengths];
            }

            for (; at < end; at++)
            {
                if (cacheBits > 0)
                    cache[(0x1E35A7BD * pixels[at]) >> (32 - cacheBits)] = pixels[at];
            }
        }

        return pixels;
    }

    /// <summary>A length or distance: the symbol and bits behind it.</summary>
    private int Extended(int symbol)
    {
        if (symbol < 4)
            return symbol + 1;
        int bits = (symbol - 2) >> 1;
        return ((2 + (symbol & 1)) << bits) + _bits.Number(bits) + 1;
    }

    private static int Distance(int code, int width)
    {
        if (code > NearPlaces.Length)
            return code - NearPlaces.Length;
        int place = NearPlaces[code - 1];
        return Math.Max(1, ((place >> 4) * width) + 8 - (place & 15));
    }
}
