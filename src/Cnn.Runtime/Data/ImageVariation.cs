namespace Cnn.Data;

/// <summary>What is done with the images of a batch before they are trained on: augmentation, then normalisation. Each thread has its own.</summary>
internal sealed class ImageVariation
{
    private readonly ImageAugmenter? _augmenter;
    private readonly ChannelNormalization? _normalization;
    private readonly int _imageLength;

    private ImageVariation(ImageAugmenter? augmenter, ChannelNormalization? normalization, int imageLength)
    {
        _augmenter = augmenter;
        _normalization = normalization;
        _imageLength = imageLength;
    }

    /// <summary>What options ask for; null where that is nothing.</summary>
    public static ImageVariation? Of(IExampleSource source, LoaderOptions options)
    {
        if (options.Augmentation is null && options.Normalization is null)
            return null;
        ImageAugmenter? augmenter = null;
        if (options.Augmentation is { } augmentation)
        {
            int[] shape = ShapeOf(source, options);
            augmenter = new ImageAugmenter(augmentation, options.Seed, shape[0], shape[1], shape[2]);
        }

        return new ImageVariation(augmenter, options.Normalization, source.InputLengths[0]);
    }

    /// <exception cref="ArgumentException">There is no single image to be varied, or it does not fit the options.</exception>
    public static void CheckFits(IExampleSource source, LoaderOptions options, string argument)
    {
        if (options.Augmentation is null && options.Normalization is null)
            return;
        if (source.InputLengths.Count != 1)
        {
            throw new ArgumentException($"The examples have {CountFormat.Of(source.InputLengths.Count, "input")}, and augmentation and normalization are for "
                + "images that are the only input: bring the inputs into shape in the source, or with a Normalize layer.", argument);
        }

        int[] shape = ShapeOf(source, options);
        options.Augmentation?.CheckFits(shape, argument);
        options.Normalization?.CheckFits(shape, argument);
        if (options.Augmentation is not null && shape.Aggregate(1L, static (product, axis) => product * axis) != source.InputLengths[0])
        {
            throw new ArgumentException($"ImageShape is {ShapeFormat.Brackets<int>(shape)}, and an example has "
                + $"{CountFormat.Of(source.InputLengths[0], "float")}: give the shape of one image.", argument);
        }
    }

    /// <summary>Varies a batch of examples that have numbers.</summary>
    public void Apply(ExampleBatch batch, int epoch, ReadOnlySpan<int> examples)
    {
        Span<float> images = batch.Input();
        for (int place = 0; place < examples.Length; place++)
            _augmenter?.Apply(images.Slice(place * _imageLength, _imageLength), epoch, examples[place]);
        _normalization?.Apply(images, _imageLength);
    }

    /// <summary>Varies a batch of a stream, whose examples are known by their place in it.</summary>
    public void ApplyToStream(ExampleBatch batch, int epoch, long first)
    {
        Span<float> images = batch.Input();
        for (int place = 0; place < batch.Count; place++)
            _augmenter?.Apply(images.Slice(place * _imageLength, _imageLength), epoch, (int)(first + place));
        _normalization?.Apply(images, _imageLength);
    }

    private static int[] ShapeOf(IExampleSource source, LoaderOptions options) =>
        options.ImageShape is { } given ? [.. given] : source is ImageDataset images ? images.Shape.ToArray() : [source.InputLengths[0]];
}
