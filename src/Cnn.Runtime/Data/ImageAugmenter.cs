using Cnn.CompilerServices;

namespace Cnn.Data;

/// <summary>Varies one image at a time. Holds a buffer, so each thread needs its own.</summary>
internal sealed class ImageAugmenter(Augmentation augmentation, int seed, int channels, int height, int width)
{
    // Apart from the streams of the same seed that initialisation and dropout draw from.
    private const ulong FirstStream = 1UL << 63;

    private readonly float[] _moved = new float[channels * height * width];

    /// <summary>
    /// Which number of an image's stream decides what. An unused number changes nothing, so that switching one variation on leaves the others as they
    /// were.
    /// </summary>
    private enum Draw
    {
        ShiftX,
        ShiftY,
        Flip,
        Angle,
        CutoutX,
        CutoutY,
    }

    /// <summary>Varies an image in place.</summary>
    /// <param name="image">Channels first.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="index">The image's position in its dataset.</param>
    public void Apply(Span<float> image, int epoch, int index)
    {
        CounterRandom random = new((uint)seed, FirstStream | ((ulong)(uint)epoch << 32) | (uint)index);
        if (augmentation.MovesPixels)
            Move(image, random);
        if (augmentation.Cutout > 0)
            CutOut(image, random);
    }

    private static int Below(in CounterRandom random, Draw draw, int count) => (int)(((ulong)random.UInt32((ulong)draw) * (ulong)count) >> 32);

    private void Move(Span<float> image, in CounterRandom random)
    {
        int range = (2 * augmentation.Shift) + 1;
        int shiftX = Below(random, Draw.ShiftX, range) - augmentation.Shift;
        int shiftY = Below(random, Draw.ShiftY, range) - augmentation.Shift;
        bool flip = augmentation.Flip && Below(random, Draw.Flip, 2) == 1;
        Span<float> moved = _moved;
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<float> source = image.Slice(channel * height * width, height * width);
            Span<float> target = moved.Slice(channel * height * width, height * width);
            if (augmentation.Rotation > 0)
                Turn(source, target, Angle(random), shiftX, shiftY);
            else
                ShiftBy(source, target, shiftX, shiftY);
        }

        if (flip)
        {
            for (int row = 0; row < channels * height; row++)
                moved.Slice(row * width, width).Reverse();
        }

        moved.CopyTo(image);
    }

    private double Angle(in CounterRandom random) =>
        ((2 * random.Single((ulong)Draw.Angle)) - 1) * augmentation.Rotation * (Math.PI / 180);

    private void ShiftBy(ReadOnlySpan<float> source, Span<float> target, int shiftX, int shiftY)
    {
        int length = width - Math.Abs(shiftX);
        int from = Math.Max(0, -shiftX);
        int to = Math.Max(0, shiftX);
        for (int y = 0; y < height; y++)
        {
            Span<float> row = target.Slice(y * width, width);
            int sourceY = y - shiftY;
            if (sourceY < 0 || sourceY >= height)
            {
                row.Clear();
                continue;
            }

            row[..to].Clear();
            row[(to + length)..].Clear();
            source.Slice((sourceY * width) + from, length).CopyTo(row[to..]);
        }
    }

    /// <summary>Each target pixel is read from where the turn and the shift took it from, between four source pixels.</summary>
    private void Turn(ReadOnlySpan<float> source, Span<float> target, double angle, int shiftX, int shiftY)
    {
        float cos = (float)Math.Cos(angle);
        float sin = (float)Math.Sin(angle);
        float centreX = (width - 1) * 0.5f;
        float centreY = (height - 1) * 0.5f;
        for (int y = 0; y < height; y++)
        {
            float fromCentreY = y - shiftY - centreY;
            for (int x = 0; x < width; x++)
            {
                float fromCentreX = x - shiftX - centreX;
                float sourceX = (cos * fromCentreX) + (sin * fromCentreY) + centreX;
                float sourceY = (cos * fromCentreY) - (sin * fromCentreX) + centreY;
                target[(y * width) + x] = Between(source, sourceX, sourceY);
            }
        }
    }

    private float Between(ReadOnlySpan<float> source, float x, float y)
    {
        int left = (int)MathF.Floor(x);
        int top = (int)MathF.Floor(y);
        float right = x - left;
        float bottom = y - top;
        float upper = (Pixel(source, left, top) * (1 - right)) + (Pixel(source, left + 1, top) * right);
        float lower = (Pixel(source, left, top + 1) * (1 - right)) + (Pixel(source, left + 1, top + 1) * right);
        return (upper * (1 - bottom)) + (lower * bottom);
    }

    private float Pixel(ReadOnlySpan<float> source, int x, int y) =>
        (uint)x < (uint)width && (uint)y < (uint)height ? source[(y * width) + x] : 0;

    private void CutOut(Span<float> image, in CounterRandom random)
    {
        int side = augmentation.Cutout;
        int left = Below(random, Draw.CutoutX, width) - (side / 2);
        int top = Below(random, Draw.CutoutY, height) - (side / 2);
        int right = Math.Min(width, left + side);
        left = Math.Max(0, left);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = Math.Max(0, top); y < Math.Min(height, top + side); y++)
                image.Slice((((channel * height) + y) * width) + left, right - left).Clear();
        }
    }
}
