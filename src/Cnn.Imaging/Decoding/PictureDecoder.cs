using Cnn.Imaging.Decoding.Bmp;
using Cnn.Imaging.Decoding.Jpeg;
using Cnn.Imaging.Decoding.Png;
using Cnn.Imaging.Decoding.Webp;

namespace Cnn.Imaging.Decoding;

/// <summary>From a file to a picture: which format it is, whether it is small enough, and what all formats have in common behind that.</summary>
internal static class PictureDecoder
{
    public static PictureInfo Identify(ReadOnlySpan<byte> file)
    {
        PictureFormat format = Format(file);
        try
        {
            return Identify(file, format);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(format, exception);
        }
    }

    public static Picture Decode(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        if (file.Length > options.MostBytes)
            throw options.TooManyBytes();
        PictureFormat format = Format(file);
        try
        {
            options.Check(Identify(file, format));
            Raster raster = format switch
            {
                PictureFormat.Png => PngDecoder.Decode(file),
                PictureFormat.Jpeg => new JpegDecoder(file).Decode(),
                PictureFormat.WebP => WebpDecoder.Decode(file, withAlpha: options.Background is not null),
                _ => BmpDecoder.Decode(file),
            };
            byte[] pixels = Colours.Opaque(raster, options.Background);
            Picture picture = new(raster.Width, raster.Height, pixels.Length / (raster.Width * raster.Height), pixels);
            picture = options.Orient ? Orienting.Upright(picture, raster.Orientation) : picture;
            return options.Grey ? picture.ToGrey() : picture.ToRgb();
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(format, exception);
        }
    }

    private static PictureInfo Identify(ReadOnlySpan<byte> file, PictureFormat format) => format switch
    {
        PictureFormat.Png => PngDecoder.Identify(file),
        PictureFormat.Jpeg => JpegDecoder.Identify(file),
        PictureFormat.WebP => WebpDecoder.Identify(file),
        _ => BmpDecoder.Identify(file),
    };

    /// <summary>The decoders read on without asking at each step: every access is checked by the language, and a damaged file leads to one of these.</summary>
    private static bool IsDamage(Exception exception) =>
        exception is IndexOutOfRangeException or ArgumentException or InvalidDataException or ArithmeticException;

    private static PictureException Damaged(PictureFormat format, Exception exception) =>
        new(PictureFault.Damaged, $"The {Name(format)} file is damaged.", exception);

    private static string Name(PictureFormat format) => format switch
    {
        PictureFormat.Png => "PNG",
        PictureFormat.Jpeg => "JPEG",
        PictureFormat.WebP => "WebP",
        _ => "BMP",
    };

    private static PictureFormat Format(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(PngFile.Signature))
            return PictureFormat.Png;
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return PictureFormat.Jpeg;
        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8))
            return PictureFormat.WebP;
        if (file.StartsWith("BM"u8))
            return PictureFormat.Bmp;
        throw new PictureException(PictureFault.UnknownFormat, file.IsEmpty
            ? "The file is empty, and should be a PNG, JPEG, WebP or BMP file."
            : "The file begins as no PNG, JPEG, WebP or BMP file does.");
    }
}
