namespace Cnn.Data;

/// <summary>Varies one image at a time. Holds a buffer, so each thread needs its own.</summary>
internal sealed class ImageAugmenter(Augmentation augmentation, int seed, int channels, int height, int width)
{
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
        Brightness,
        Contrast,
        Saturation,
        Hue,
        Erases,
        Crop = 32,
        Erased = 64,
    }

    /// <summary>Varies an image in place.</summary>
    /// <param name="image">Channels first.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="index">The image's position in its dataset.</param>
    public void Apply(Span<float> image, int epoch, int index)
    {
        DrawnNumbers random = DrawnNumbers.Of(seed, epoch, index);
        if (augmentation.ResizedCrop is { } crop)
            Crop(image, random, crop);
        if (augmentation.MovesPixels)
            Move(image, random);
        if (augmentation.Colours is { } colours)
            Colour(image, random, colours);
        if (augmentation.Cutout > 0)
            CutOut(image, random);
        if (augmentation.Erasing is { } erasing && random.Single((ulong)Draw.Erases) < erasing.Probability
            && random.Rectangle((ulong)Draw.Erased, height, width, erasing.LeastArea, erasing.MostArea, erasing.Stretch) is { } erased)
            Blank(image, erased);
    }

    private static float Factor(in DrawnNumbers random, Draw draw, double range) => (float)random.Between((ulong)draw, 1 - range, 1 + range);

    private void Colour(Span<float> image, in DrawnNumbers random, ColourJitter colours)
    {
        if (colours.Brightness > 0)
            ColourVariation.Brighten(image, Factor(random, Draw.Brightness, colours.Brightness));
        if (colours.Contrast > 0)
            ColourVariation.Contrast(image, channels, Factor(random, Draw.Contrast, colours.Contrast));
        if (colours.Saturation > 0)
            ColourVariation.Saturate(image, Factor(random, Draw.Saturation, colours.Saturation));
        if (colours.Hue > 0)
            ColourVariation.Turn(image, (float)random.Between((ulong)Draw.Hue, -colours.Hue, colours.Hue));
    }

    /// <summary>Where no rectangle fits, the whole image is its own crop.</summary>
    private void Crop(Span<float> image, in DrawnNumbers random, ResizedCrop crop)
    {
        if (random.Rectangle((ulong)Draw.Crop, height, width, crop.LeastArea, crop.MostArea, crop.Stretch) is not { } part)
            return;
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<float> source = image.Slice(channel * height * width, height * width);
            Span<float> target = _moved.AsSpan(channel * height * width, height * width);
            for (int y = 0; y < height; y++)
            {
                // Half-pixel centres, as bilinear resizing has them; what is beside the crop is not seen.
                float fromY = Math.Clamp(((y + 0.5f) * part.Height / height) - 0.5f, 0, part.Height - 1) + part.Top;
                for (int x = 0; x < width; x++)
                {
                    float fromX = Math.Clamp(((x + 0.5f) * part.Width / width) - 0.5f, 0, part.Width - 1) + part.Left;
                    target[(y * width) + x] = Between(source, fromX, fromY);
                }
            }
        }

        _moved.CopyTo(image);
    }

    private void Move(Span<float> image, in DrawnNumbers random)
    {
        int range = (2 * augmentation.Shift) + 1;
        int shiftX = random.Below((ulong)Draw.ShiftX, range) - augmentation.Shift;
        int shiftY = random.Below((ulong)Draw.ShiftY, range) - augmentation.Shift;
        bool flip = augmentation.Flip && random.Below((ulong)Draw.Flip, 2) == 1;
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

    private double Angle(in DrawnNumbers random) =>
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

    private void CutOut(Span<float> image, in DrawnNumbers random)
    {
        int side = augmentation.Cutout;
        int left = random.Below((ulong)Draw.CutoutX, width) - (side / 2);
        int top = random.Below((ulong)Draw.CutoutY, height) - (side / 2);
        int right = Math.Min(width, left + side);
        int bottom = Math.Min(height, top + side);
        left = Math.Max(0, left);
        top = Math.Max(0, top);
        Blank(image, new PixelRectangle(left, top, right - left, bottom - top));
    }

    private void Blank(Span<float> image, PixelRectangle part)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = part.Top; y < part.Top + part.Height; y++)
                image.Slice((((channel * height) + y) * width) + part.Left, part.Width).Clear();
        }
    }
}
