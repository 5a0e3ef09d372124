namespace Cnn.Data;

/// <summary>Mixes each image of a batch with another one, and their classes. Each thread has its own.</summary>
/// <remarks>The partner is drawn from all examples, and so neither it nor anything else depends on the batch.</remarks>
internal sealed class ImageMixing
{
    /// <summary>Behind those of the variations of one image.</summary>
    private const ulong FirstDraw = 1024;

    private const ulong Lambda = FirstDraw + 16;

    private readonly IExamples _examples;
    private readonly Augmentation _augmentation;
    private readonly ImageAugmenter _augmenter;
    private readonly ExampleBatch _own;
    private readonly ExampleBatch _partners;
    private readonly int[] _partnerNumbers;
    private readonly int _seed;
    private readonly int _height;
    private readonly int _width;

    public ImageMixing(IExamples examples, Augmentation augmentation, ImageAugmenter augmenter, int seed, ReadOnlySpan<int> shape, int capacity)
    {
        _examples = examples;
        _augmentation = augmentation;
        _augmenter = augmenter;
        _own = new ExampleBatch(examples, capacity);
        _partners = new ExampleBatch(examples, capacity);
        _partnerNumbers = new int[capacity];
        _seed = seed;
        _height = shape[1];
        _width = shape[2];
    }

    /// <summary>Fills a batch whose targets are probabilities.</summary>
    /// <param name="batch">With the count that it is to have.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="examples">Their numbers.</param>
    public void Fill(ExampleBatch batch, int epoch, ReadOnlySpan<int> examples)
    {
        if (examples.IsEmpty)
            return;
        for (int place = 0; place < examples.Length; place++)
            _partnerNumbers[place] = DrawnNumbers.Of(_seed, epoch, examples[place]).Below(FirstDraw, _examples.Count);
        ReadOnlySpan<int> partners = _partnerNumbers.AsSpan(0, examples.Length);
        Load(_own, epoch, examples);
        Load(_partners, epoch, partners);
        int length = _own.Input().Length / examples.Length;
        int classes = batch.Values().Length / examples.Length;
        batch.Values().Clear();
        for (int place = 0; place < examples.Length; place++)
        {
            DrawnNumbers random = DrawnNumbers.Of(_seed, epoch, examples[place]);
            Span<float> image = batch.Input().Slice(place * length, length);
            _own.Input().Slice(place * length, length).CopyTo(image);
            float share = Mix(image, _partners.Input().Slice(place * length, length), random);
            Span<float> target = batch.Values().Slice(place * classes, classes);
            target[_own.Labels()[place]] += share;
            target[_partners.Labels()[place]] += 1 - share;
        }
    }

    private void Load(ExampleBatch batch, int epoch, ReadOnlySpan<int> examples)
    {
        batch.Count = examples.Length;
        _examples.Copy(examples, batch);
        int length = batch.Input().Length / examples.Length;
        for (int place = 0; place < examples.Length; place++)
            _augmenter.Apply(batch.Input().Slice(place * length, length), epoch, examples[place]);
    }

    /// <returns>How much of the image is its own.</returns>
    private float Mix(Span<float> image, ReadOnlySpan<float> partner, in DrawnNumbers random)
    {
        bool isCut = _augmentation.CutMix > 0 && (_augmentation.MixUp == 0 || random.Below(FirstDraw + 1, 2) == 1);
        double lambda = random.Beta(Lambda, isCut ? _augmentation.CutMix : _augmentation.MixUp);
        return isCut ? Cut(image, partner, lambda, random) : Blend(image, partner, (float)lambda);
    }

    private static float Blend(Span<float> image, ReadOnlySpan<float> partner, float lambda)
    {
        for (int index = 0; index < image.Length; index++)
            image[index] = (lambda * image[index]) + ((1 - lambda) * partner[index]);
        return lambda;
    }

    /// <summary>A rectangle of the image's proportions with its centre anywhere; what lies outside of the image is cut off, and not counted.</summary>
    private float Cut(Span<float> image, ReadOnlySpan<float> partner, double lambda, in DrawnNumbers random)
    {
        double side = Math.Sqrt(1 - lambda);
        (int wide, int high) = ((int)(_width * side), (int)(_height * side));
        int centreX = random.Below(FirstDraw + 2, _width);
        int centreY = random.Below(FirstDraw + 3, _height);
        (int left, int right) = (Math.Max(0, centreX - (wide / 2)), Math.Min(_width, centreX + (wide / 2)));
        (int top, int bottom) = (Math.Max(0, centreY - (high / 2)), Math.Min(_height, centreY + (high / 2)));
        int area = _height * _width;
        for (int channel = 0; channel < image.Length / area; channel++)
        {
            for (int y = top; y < bottom; y++)
            {
                int start = (channel * area) + (y * _width) + left;
                partner.Slice(start, right - left).CopyTo(image[start..]);
            }
        }

        return 1 - ((float)((right - left) * (bottom - top)) / area);
    }
}
