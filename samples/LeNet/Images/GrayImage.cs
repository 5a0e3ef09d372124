namespace LeNetSample.Images;

/// <summary>An 8-bit gray image, row by row from the top; 255 is white.</summary>
internal sealed record GrayImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>More than any photograph; keeps a forged header from asking for all memory.</summary>
    public const int LargestSide = 32_768;

    /// <summary>The most pixels that are read.</summary>
    public const long MostPixels = 64 * 1024 * 1024;

    public static void CheckSize(long width, long height, string path)
    {
        if (width is < 1 or > LargestSide || height is < 1 or > LargestSide || width * height > MostPixels)
        {
            throw new ImageException(
                $"{path}: the image says that it is {width}x{height}, and sizes from 1x1 to {LargestSide}x{LargestSide} with at most {MostPixels} pixels are read.");
        }
    }
}
