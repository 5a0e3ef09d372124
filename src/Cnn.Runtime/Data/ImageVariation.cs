namespace Cnn.Data;

/// <summary>How the images of a batch come about: copied, varied, mixed and normalised. Each thread has its own.</summary>
internal sealed class ImageVariation
{
    private readonly IExamples? _examples;
    private readonly ImageAugmenter? _augmenter;
    private readonly ImageMixing? _mixing;
    private readonly ChannelNormalization? _normalization;
    private readonly int _imageLength;

    /// <exception cref="ArgumentException">There is no single image to be varied, or it does not fit the options.</exception>
    public ImageVariation(IExampleSource source, LoaderOptions options, int capacity)
    {
        _examples = source as IExamples;
        _normalization = options.Normalization;
        _imageLength = source.InputLengths[0];
        if (options.Augmentation is not { } augmentation)
            return;
        int[] shape = ShapeOf(source, options);
        _augmenter = new ImageAugmenter(augmentation, options.Seed, shape[0], shape[1], shape[2]);
        if (augmentation.Mixes)
            _mixing = new ImageMixing(_examples!, augmentation, _augmenter, options.Seed, shape, capacity);
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
        options.Normalization?.CheckFits(shape, argument);
        if (options.Augmentation is not { } augmentation)
            return;
        augmentation.CheckFits(shape, argument);
        if (shape.Aggregate(1L, static (product, axis) => product * axis) != source.InputLengths[0])
        {
            throw new ArgumentException($"ImageShape is {ShapeFormat.Brackets<int>(shape)}, and an example has "
                + $"{CountFormat.Of(source.InputLengths[0], "float")}: give the shape of one image.", argument);
        }

        bool hasClasses = source.Targets is [{ IsLabels: true, Length: 1, WeightCount: 0 }];
        if (augmentation.Mixes && (!hasClasses || source is not IExamples))
        {
            throw new ArgumentException(
                "MixUp and CutMix are for one class an image, without weights and not in a stream: the partner may be any image.", argument);
        }

        if (augmentation.Mixes && ClassesOf(source, options) < 1)
            throw new ArgumentException("MixUp and CutMix need the number of classes: give Classes.", argument);
        if (!hasClasses && augmentation is not { MovesPixels: false, ResizedCrop: null })
        {
            throw new ArgumentException("What an augmentation moves in an image would have to be moved in its target too: for targets other than one class an "
                + "image vary colours, Cutout and Erasing alone, or move both in the source.", argument);
        }
    }

    /// <summary>What a batch is like: mixed classes are probabilities.</summary>
    public static IExampleSource FormatOf(IExampleSource source, LoaderOptions options) =>
        options.Augmentation is not { Mixes: true } ? source
            : new BatchFormat(source.Count, source.InputLengths, [TargetFormat.Values(ClassesOf(source, options))]);

    /// <summary>Fills a batch with examples that have numbers.</summary>
    public void Fill(ExampleBatch batch, int epoch, ReadOnlySpan<int> examples)
    {
        if (_mixing is not null)
        {
            _mixing.Fill(batch, epoch, examples);
        }
        else
        {
            _examples!.Copy(examples, batch);
            for (int place = 0; place < examples.Length; place++)
                _augmenter?.Apply(batch.Input().Slice(place * _imageLength, _imageLength), epoch, examples[place]);
        }

        _normalization?.Apply(batch.Input(), _imageLength);
    }

    /// <summary>Varies a batch of a stream, whose examples are known by their place in it.</summary>
    public void Vary(ExampleBatch batch, int epoch, long first)
    {
        for (int place = 0; place < batch.Count; place++)
            _augmenter?.Apply(batch.Input().Slice(place * _imageLength, _imageLength), epoch, (int)(first + place));
        _normalization?.Apply(batch.Input(), _imageLength);
    }

    private static int ClassesOf(IExampleSource source, LoaderOptions options) =>
        options.Classes > 0 ? options.Classes : source is ImageDataset images ? images.ClassCount : 0;

    private static int[] ShapeOf(IExampleSource source, LoaderOptions options) =>
        options.ImageShape is { } given ? [.. given] : source is ImageDataset images ? images.Shape.ToArray() : [source.InputLengths[0]];

    private sealed record BatchFormat(int Count, IReadOnlyList<int> InputLengths, IReadOnlyList<TargetFormat> Targets) : IExampleSource;
}
