using Cnn.Imaging.Decoding;
using Cnn.Imaging.Encoding;
using Cnn.Imaging.Resizing;

namespace Cnn.Imaging;

/// <summary>A picture in memory: one byte a channel, row by row from the top, the channels of a pixel together.</summary>
/// <remarks>It does not change: what changes a picture gives another one.</remarks>
public sealed class Picture
{
    private readonly byte[] _pixels;

    internal Picture(int width, int height, int channels, byte[] pixels)
    {
        Width = width;
        Height = height;
        Channels = channels;
        _pixels = pixels;
    }

    /// <summary>A picture of given pixels, which are copied.</summary>
    /// <param name="pixels">Row by row from the top, the channels of a pixel together.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public static Picture FromPixels(ReadOnlySpan<byte> pixels, int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, $"channels is {channels}: give 1 for grey or 3 for red, green and blue.");
        int length = checked(width * height * channels);
        if (pixels.Length != length)
            throw new ArgumentException($"pixels has the length {pixels.Length}, and {height}x{width}x{channels} are {length}.", nameof(pixels));
        return new Picture(width, height, channels, pixels.ToArray());
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>Row by row from the top, the channels of a pixel together.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>What a file says of its picture, without decoding it.</summary>
    /// <param name="file">The file; its beginning is enough for all but JPEG files with long prefaces.</param>
    /// <exception cref="PictureException">It is no picture, or is cut off before it tells its size.</exception>
    public static PictureInfo Identify(ReadOnlySpan<byte> file) => PictureDecoder.Identify(file);

    /// <summary>Decodes a PNG, JPEG, WebP or BMP file, whichever it is by its first bytes.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="options">Limits, transparency, orientation; null for the defaults.</param>
    /// <exception cref="PictureException">The file cannot be decoded, whatever the reason: nothing else is thrown for a bad file.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, DecodeOptions? options = null) => PictureDecoder.Decode(file, options ?? DecodeOptions.Default);

    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, DecodeOptions?)"/>
    /// <param name="stream">Read to its end, or until it has more than <see cref="DecodeOptions.MostBytes"/>.</param>
    /// <param name="options">Limits, transparency, orientation; null for the defaults.</param>
    public static Picture Decode(Stream stream, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        return Decode(BoundedReading.Read(stream, options).Span, options);
    }

    /// <inheritdoc cref="Decode(Stream, DecodeOptions?)"/>
    /// <param name="stream">Read to its end, or until it has more than <see cref="DecodeOptions.MostBytes"/>.</param>
    /// <param name="options">Limits, transparency, orientation; null for the defaults.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async ValueTask<Picture> DecodeAsync(Stream stream, DecodeOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= DecodeOptions.Default;
        ReadOnlyMemory<byte> file = await BoundedReading.ReadAsync(stream, options, cancellation).ConfigureAwait(false);
        return Decode(file.Span, options);
    }

    /// <inheritdoc cref="Decode(Stream, DecodeOptions?)"/>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits, transparency, orientation; null for the defaults.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Picture Load(string path, DecodeOptions? options = null)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        return Decode(stream, options);
    }

    /// <summary>Resizes to a width and a height, whatever that does to the proportions; with antialiasing, to PIL's bits.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="resampling">How pixels are weighed.</param>
    public Picture Resize(int width, int height, Resampling resampling = Resampling.Bilinear)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return width == Width && height == Height ? this : new Picture(width, height, Channels, Resizer.Resize(this, width, height, resampling));
    }

    /// <summary>Resizes so that the shorter side has a length and the proportions stay, as torchvision's <c>Resize(length)</c>.</summary>
    /// <param name="length">Of the shorter side, at least 1; the longer one is rounded down.</param>
    /// <param name="resampling">How pixels are weighed.</param>
    public Picture ResizeShorterSide(int length, Resampling resampling = Resampling.Bilinear)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        int longer = (int)((long)length * Math.Max(Width, Height) / Math.Min(Width, Height));
        return Width <= Height ? Resize(length, longer, resampling) : Resize(longer, length, resampling);
    }

    /// <summary>A part of the picture.</summary>
    /// <param name="left">The first column.</param>
    /// <param name="top">The first row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie in the picture, or is empty.</exception>
    public Picture Crop(int left, int top, int width, int height)
    {
        if (left < 0 || top < 0 || width < 1 || height < 1 || left > Width - width || top > Height - height)
        {
            throw new ArgumentOutOfRangeException(nameof(left),
                $"A part of {width}x{height} at ({left}, {top}) does not lie in a picture of {Width}x{Height}.");
        }

        return Placed(-left, -top, width, height);
    }

    /// <summary>The middle of the picture, as torchvision's <c>CenterCrop</c>: what lies outside of a smaller picture is black.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    public Picture CenterCrop(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return Placed(-Margin(Width, width), -Margin(Height, height), width, height);
    }

    /// <summary>One channel: 0.299 red + 0.587 green + 0.114 blue, as PIL's <c>convert('L')</c>.</summary>
    public Picture ToGrey() => Channels == 1 ? this : new Picture(Width, Height, 1, Colours.ToGrey(_pixels));

    /// <summary>Three channels, which are equal where this is grey.</summary>
    public Picture ToRgb() => Channels == 3 ? this : new Picture(Width, Height, 3, Colours.ToRgb(_pixels));

    /// <summary>The negative: dark becomes bright.</summary>
    public Picture Invert() => new(Width, Height, Channels, Array.ConvertAll(_pixels, static value => (byte)(255 - value)));

    /// <summary>The picture as a PNG file.</summary>
    public byte[] EncodePng() => PngEncoder.Encode(this);

    /// <summary>Half of what is cut off, rounded half to even; torchvision pads a smaller picture by half, rounded down, before.</summary>
    private static int Margin(int length, int wanted) =>
        length >= wanted ? (int)Math.Round((length - wanted) / 2.0, MidpointRounding.ToEven) : -((wanted - length) / 2);

    /// <summary>This picture at a place on a black one.</summary>
    private Picture Placed(int left, int top, int width, int height)
    {
        byte[] target = new byte[checked(width * height * Channels)];
        int from = Math.Max(0, left);
        int to = Math.Min(width, left + Width);
        for (int y = Math.Max(0, top); y < Math.Min(height, top + Height) && from < to; y++)
        {
            _pixels.AsSpan((((y - top) * Width) + from - left) * Channels, (to - from) * Channels)
                .CopyTo(target.AsSpan(((y * width) + from) * Channels));
        }

        return new Picture(width, height, Channels, target);
    }
}
