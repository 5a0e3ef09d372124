namespace Cnn.Imaging;

/// <summary>Limits of decoding, and what becomes of transparency and orientation.</summary>
public sealed record DecodeOptions
{
    /// <summary>The most pixels that are decoded. Default: 64 Mi, more than most cameras have; a service does well with less.</summary>
    /// <remarks>It bounds memory: decoding takes at most 16 bytes a pixel, 32 MB for tables, and a few times the file.</remarks>
    public long MostPixels { get; init; } = 64L * 1024 * 1024;

    /// <summary>The most bytes that are read of a stream or a file. Default: 64 MiB.</summary>
    public int MostBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>What is seen through transparent pixels. Default: null, transparency is dropped, as PIL's <c>convert('RGB')</c> does.</summary>
    public Colour? Background { get; init; }

    /// <summary>Whether the picture is turned and mirrored as its EXIF orientation says. Default: true, as viewers do.</summary>
    public bool Orient { get; init; } = true;

    /// <summary>Whether the picture becomes grey (ITU-R BT.601, as PIL's <c>convert('L')</c>) with one channel. Default: false, red, green and blue.</summary>
    public bool Grey { get; init; }

    internal static DecodeOptions Default { get; } = new();

    internal void Check(PictureInfo info)
    {
        if ((long)info.Width * info.Height > MostPixels)
        {
            throw new PictureException(PictureFault.TooLarge,
                $"The picture has the size {info.Width}x{info.Height}, and at most {MostPixels} pixels are decoded. Scale it down.");
        }
    }

    internal PictureException TooManyBytes() =>
        new(PictureFault.TooLarge, $"The file has more than {MostBytes} bytes, which is the most that is read. Scale the picture down.");
}
