namespace Cnn.Imaging;

/// <summary>From a picture to a network's input: size, colours, normalisation, layout. What is trained with one is served with the same.</summary>
/// <remarks>
/// The size first (<see cref="ShorterSide"/>, then the middle of it, or stretched), then grey or colours, then value / 255, then
/// (x - mean) / deviation for each channel: torchvision's <c>Resize</c>, <c>CenterCrop</c>, <c>ToTensor</c> and <c>Normalize</c>.
/// </remarks>
public sealed record Preprocessing
{
    /// <summary>A preparation without normalisation: values from 0 to 1.</summary>
    /// <param name="width">Columns of the input, at least 1.</param>
    /// <param name="height">Rows of the input, at least 1.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    public Preprocessing(int width, int height, int channels = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), $"channels is {channels}: give 1 for grey or 3 for red, green and blue.");
        (Width, Height, Channels) = (width, height, channels);
    }

    /// <summary>
    /// What torchvision's classifiers are trained with: the shorter side to 256, the middle 224x224, red, green and blue, ImageNet's mean and
    /// deviation.
    /// </summary>
    public static Preprocessing ImageNet { get; } = new(224, 224)
    {
        ShorterSide = 256,
        Mean = [0.485f, 0.456f, 0.406f],
        Deviation = [0.229f, 0.224f, 0.225f],
    };

    /// <summary>Grey, 28x28, MNIST's mean and deviation, as in PyTorch's example. Ink has to be bright on dark: see <see cref="Picture.Invert"/>.</summary>
    public static Preprocessing Mnist { get; } = new(28, 28, 1) { Mean = [0.1307f], Deviation = [0.3081f] };

    /// <summary>Values from 0 to 1.</summary>
    /// <param name="width">Columns of the input.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    public static Preprocessing ZeroToOne(int width, int height, int channels = 3) => new(width, height, channels);

    /// <summary>Values from -1 to 1.</summary>
    /// <param name="width">Columns of the input.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    public static Preprocessing MinusOneToOne(int width, int height, int channels = 3) =>
        new(width, height, channels) { Mean = Equal(channels), Deviation = Equal(channels) };

    /// <summary>Columns of the input.</summary>
    public int Width { get; }

    /// <summary>Rows of the input.</summary>
    public int Height { get; }

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>Length of the shorter side before the middle is taken. Default: null, the picture is stretched to the input's width and height.</summary>
    public int? ShorterSide { get; init; }

    /// <summary>How a picture is resized. Default: bilinear, torchvision's.</summary>
    public Resampling Resampling { get; init; } = Resampling.Bilinear;

    /// <summary>One for each channel, of values from 0 to 1. Default: none, 0.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>One for each channel, of values from 0 to 1. Default: none, 1.</summary>
    public IReadOnlyList<float>? Deviation { get; init; }

    /// <summary>How the numbers lie, as the network's <c>[Input]</c> says. Default: a plane for each channel.</summary>
    public DataLayout Layout { get; init; } = DataLayout.ChannelsFirst;

    /// <summary>How many numbers an input has.</summary>
    public int Length => Width * Height * Channels;

    /// <summary>A picture as floats.</summary>
    /// <param name="picture">Of any size, grey or in colours.</param>
    /// <returns>A new array of <see cref="Length"/>.</returns>
    public float[] ToFloats(Picture picture)
    {
        float[] values = new float[Length];
        Write(picture, values);
        return values;
    }

    /// <summary>Writes a picture as floats, normalised.</summary>
    /// <param name="picture">Of any size, grey or in colours.</param>
    /// <param name="target">Receives <see cref="Length"/> numbers.</param>
    /// <exception cref="ArgumentException">The length does not fit, or there is not one mean or deviation a channel.</exception>
    public void Write(Picture picture, Span<float> target)
    {
        CheckLength(target.Length);
        ReadOnlySpan<byte> pixels = Fitted(picture).Pixels;
        for (int channel = 0; channel < Channels; channel++)
        {
            float mean = Of(Mean, channel, 0, nameof(Mean));
            float deviation = Of(Deviation, channel, 1, nameof(Deviation));
            (int start, int step) = Place(channel);
            for (int from = channel, to = start; from < pixels.Length; from += Channels, to += step)
                target[to] = ((pixels[from] / 255f) - mean) / deviation;
        }
    }

    /// <summary>Writes a picture as bytes, for an input with <c>Element = PortElement.UInt8</c>, whose network normalises.</summary>
    /// <param name="picture">Of any size, grey or in colours.</param>
    /// <param name="target">Receives <see cref="Length"/> bytes.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    /// <exception cref="InvalidOperationException">There is a mean or a deviation: bytes cannot be normalised.</exception>
    public void Write(Picture picture, Span<byte> target)
    {
        CheckLength(target.Length);
        if (Mean is not null || Deviation is not null)
            throw new InvalidOperationException("Bytes cannot be normalised: leave Mean and Deviation out, and give the network a [Normalize] layer.");
        ReadOnlySpan<byte> pixels = Fitted(picture).Pixels;
        for (int channel = 0; channel < Channels; channel++)
        {
            (int start, int step) = Place(channel);
            for (int from = channel, to = start; from < pixels.Length; from += Channels, to += step)
                target[to] = pixels[from];
        }
    }

    /// <summary>A picture in the input's size and colours.</summary>
    /// <param name="picture">Of any size.</param>
    public Picture Fitted(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Picture sized = ShorterSide is { } length
            ? picture.ResizeShorterSide(length, Resampling).CenterCrop(Width, Height)
            : picture.Resize(Width, Height, Resampling);
        return Channels == 1 ? sized.ToGrey() : sized.ToRgb();
    }

    private static float[] Equal(int channels)
    {
        float[] halves = new float[channels];
        Array.Fill(halves, 0.5f);
        return halves;
    }

    private static float Of(IReadOnlyList<float>? values, int channel, float otherwise, string name)
    {
        if (values is null)
            return otherwise;
        return channel < values.Count ? values[channel] : throw new ArgumentException($"{name} has no value for channel {channel}.", name);
    }

    private (int Start, int Step) Place(int channel) => Layout == DataLayout.ChannelsLast ? (channel, Channels) : (channel * Width * Height, 1);

    private void CheckLength(int length)
    {
        if (length != Length)
            throw new ArgumentException($"target has the length {length}, and {Channels}x{Height}x{Width} are {Length}.", nameof(length));
    }
}
