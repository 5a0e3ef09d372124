namespace Cnn.Imaging;

/// <summary>The kind of a file.</summary>
public enum PictureFormat
{
    /// <summary>Portable network graphics, of every colour type and depth, interlaced too.</summary>
    Png,

    /// <summary>Baseline and progressive JPEG of 8 bits, with Huffman codes: grey, YCbCr, RGB, CMYK and YCCK.</summary>
    Jpeg,

    /// <summary>WebP, lossy and lossless, without animation.</summary>
    WebP,

    /// <summary>Windows bitmaps of 1 to 32 bits, also run-length coded.</summary>
    Bmp,
}
