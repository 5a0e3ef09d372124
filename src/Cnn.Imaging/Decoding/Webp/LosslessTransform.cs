namespace Cnn.Imaging.Decoding.Webp;

/// <summary>The transforms of lossless WebP, with their numbers in a stream.</summary>
internal enum LosslessTransformKind
{
    Predictor = 0,
    Colour = 1,
    SubtractGreen = 2,
    Palette = 3,
}

/// <summary>A transform that is undone behind the decoding (specification, section 4).</summary>
/// <param name="Kind">Which.</param>
/// <param name="Width">Of the pixels in front of it.</param>
/// <param name="Bits">Of a tile's side; of a palette how many pixels a byte has, as a power of 2.</param>
/// <param name="Data">A pixel a tile, or the palette.</param>
internal sealed record LosslessTransform(LosslessTransformKind Kind, int Width, int Bits, uint[] Data)
{
    private const uint Black = 0xFF000000;

    public uint[] Undo(uint[] pixels, int height)
    {
        switch (Kind)
        {
            case LosslessTransformKind.Predictor:
                Predict(pixels, height);
                return pixels;
            case LosslessTransformKind.Colour:
                for (int i = 0; i < pixels.Length; i++)
                    pixels[i] = Coloured(pixels[i], Tile(i % Width, i / Width));
                return pixels;
            case LosslessTransformKind.SubtractGreen:
                for (int i = 0; i < pixels.Length; i++)
                {
                    uint green = (pixels[i] >> 8) & 0xFF;
                    pixels[i] = Sum(pixels[i], (green << 16) | green);
                }

                return pixels;
            default:
                return Named(pixels, height);
        }
    }

    /// <summary>Of two pixels, channel by channel, without carries.</summary>
    public static uint Sum(uint a, uint b) =>
        (((a & 0xFF00FF00) + (b & 0xFF00FF00)) & 0xFF00FF00) | (((a & 0x00FF00FF) + (b & 0x00FF00FF)) & 0x00FF00FF);

    private uint Tile(int x, int y) => Data[((y >> Bits) * LosslessDecoder.Tiles(Width, Bits)) + (x >> Bits)];

    private static uint Coloured(uint pixel, uint tile)
    {
        sbyte green = (sbyte)(pixel >> 8);
        int red = (int)(pixel >> 16) + Delta((sbyte)tile, green);
        int blue = (int)pixel + Delta((sbyte)(tile >> 8), green) + Delta((sbyte)(tile >> 16), (sbyte)red);
        return (pixel & 0xFF00FF00) | ((uint)(red & 0xFF) << 16) | (uint)(blue & 0xFF);
    }

    private static int Delta(sbyte factor, sbyte value) => (factor * value) >> 5;

    private uint[] Named(uint[] packed, int height)
    {
        uint[] pixels = new uint[checked(Width * height)];
        int columns = LosslessDecoder.Tiles(Width, Bits);
        int size = 8 >> Bits;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int value = (int)(packed[(y * columns) + (x >> Bits)] >> 8) & 0xFF;
                int index = (value >> (size * (x & ((1 << Bits) - 1)))) & ((1 << size) - 1);

                // What a palette has not is transparent black.
                pixels[(y * Width) + x] = index < Data.Length ? Data[index] : 0;
            }
        }

        return pixels;
    }

    private void Predict(uint[] pixels, int height)
    {
        pixels[0] = Sum(pixels[0], Black);
        for (int x = 1; x < Width; x++)
            pixels[x] = Sum(pixels[x], pixels[x - 1]);
        for (int y = 1; y < height; y++)
        {
            int start = y * Width;
            pixels[start] = Sum(pixels[start], pixels[start - Width]);
            for (int x = 1; x < Width; x++)
            {
                int at = start + x;
                pixels[at] = Sum(pixels[at], Prediction((int)(Tile(x, y) >> 8) & 15, pixels, at));
            }
        }
    }

    /// <summary>Behind the last column the pixel above on the right is the first one of the row itself, which lies there in memory.</summary>
    private uint Prediction(int mode, uint[] pixels, int at)
    {
        uint left = pixels[at - 1];
        uint above = pixels[at - Width];
        uint corner = pixels[at - Width - 1];
        uint right = pixels[at - Width + 1];
        return mode switch
        {
            1 => left,
            2 => above,
            3 => right,
            4 => corner,
            5 => Mean(Mean(left, right), above),
            6 => Mean(left, corner),
            7 => Mean(left, above),
            8 => Mean(corner, above),
            9 => Mean(above, right),
            10 => Mean(Mean(left, corner), Mean(above, right)),
            11 => Nearer(above, left, corner),
            12 => Gradient(left, above, corner),
            13 => HalfGradient(Mean(left, above), corner),
            _ => Black,
        };
    }

    private static uint Mean(uint a, uint b) => (((a ^ b) & 0xFEFEFEFE) >> 1) + (a & b);

    /// <summary>Which of two is nearer to their sum less the corner.</summary>
    private static uint Nearer(uint above, uint left, uint corner)
    {
        int difference = 0;
        for (int shift = 0; shift < 32; shift += 8)
            difference += Math.Abs(Channel(left, shift) - Channel(corner, shift)) - Math.Abs(Channel(above, shift) - Channel(corner, shift));
        return difference <= 0 ? above : left;
    }

    private static uint Gradient(uint left, uint above, uint corner)
    {
        uint value = 0;
        for (int shift = 0; shift < 32; shift += 8)
            value |= (uint)Math.Clamp(Channel(left, shift) + Channel(above, shift) - Channel(corner, shift), 0, 255) << shift;
        return value;
    }

    private static uint HalfGradient(uint mean, uint corner)
    {
        uint value = 0;
        for (int shift = 0; shift < 32; shift += 8)
        {
            int channel = Channel(mean, shift);
            value |= (uint)Math.Clamp(channel + ((channel - Channel(corner, shift)) / 2), 0, 255) << shift;
        }

        return value;
    }

    private static int Channel(uint pixel, int shift) => (int)(pixel >> shift) & 0xFF;
}
