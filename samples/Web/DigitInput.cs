using Cnn.Imaging;

namespace WebSample;

/// <summary>A picture in the form of the training images: 28x28, ink bright on dark, from 0 to 1.</summary>
internal static class DigitInput
{
    private static readonly Preprocessing Preprocessing = Preprocessing.ZeroToOne(28, 28, 1);

    /// <summary>Inverts a picture whose border is bright, and pads one that is not square with its border's brightness, so that nothing is distorted.</summary>
    public static float[] From(Picture picture)
    {
        Picture grey = picture.ToGrey();
        byte background = BorderMean(grey);
        Picture square = Square(grey, background);
        return Preprocessing.ToFloats(background > 127 ? square.Invert() : square);
    }

    private static byte BorderMean(Picture picture)
    {
        long sum = 0;
        int count = 0;
        for (int y = 0; y < picture.Height; y++)
        {
            int step = y == 0 || y == picture.Height - 1 ? 1 : Math.Max(1, picture.Width - 1);
            for (int x = 0; x < picture.Width; x += step, count++)
                sum += picture.Pixels[(y * picture.Width) + x];
        }

        return (byte)(sum / count);
    }

    private static Picture Square(Picture picture, byte background)
    {
        if (picture.Width == picture.Height)
            return picture;

        // A picture of a pixel's height would become a large square: bring the longer side down first.
        int longer = Math.Max(picture.Width, picture.Height);
        if (longer > 4 * Preprocessing.Width)
        {
            int Scaled(int length) => Math.Max(1, (int)((long)length * 4 * Preprocessing.Width / longer));
            picture = picture.Resize(Scaled(picture.Width), Scaled(picture.Height));
        }

        int side = Math.Max(picture.Width, picture.Height);
        byte[] pixels = new byte[side * side];
        pixels.AsSpan().Fill(background);
        int left = (side - picture.Width) / 2;
        int top = (side - picture.Height) / 2;
        for (int y = 0; y < picture.Height; y++)
            picture.Pixels.Slice(y * picture.Width, picture.Width).CopyTo(pixels.AsSpan(((y + top) * side) + left));
        return Picture.FromPixels(pixels, side, side, 1);
    }
}
