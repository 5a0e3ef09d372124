using System.Globalization;

namespace Cnn.Data;

/// <summary>Brings every channel to about mean 0 and deviation 1: (x - mean) / deviation.</summary>
/// <remarks>What a network was trained on it must be given afterwards too. A network that begins with a <c>Normalize</c> layer does this itself.</remarks>
public sealed class ChannelNormalization
{
    private readonly float[] _means;
    private readonly float[] _deviations;

    /// <summary>With given numbers, such as those that a paper states.</summary>
    /// <param name="means">One a channel, of pixels in [0, 1].</param>
    /// <param name="deviations">One a channel, above 0.</param>
    /// <exception cref="ArgumentException">There are not as many deviations as means, or a number is not finite or a deviation not above 0.</exception>
    public ChannelNormalization(ReadOnlySpan<float> means, ReadOnlySpan<float> deviations)
    {
        if (means.Length != deviations.Length || means.Length == 0)
            throw new ArgumentException($"There are {CountFormat.Of(means.Length, "mean")} and {CountFormat.Of(deviations.Length, "deviation")}; "
                + "one of each is needed for every channel.", nameof(deviations));
        for (int channel = 0; channel < means.Length; channel++)
        {
            if (!float.IsFinite(means[channel]) || !float.IsFinite(deviations[channel]) || deviations[channel] <= 0)
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Channel {channel} has the mean {means[channel]} and the deviation {deviations[channel]}; "
                        + $"finite numbers are needed, and a deviation above 0."), nameof(deviations));
        }

        _means = means.ToArray();
        _deviations = deviations.ToArray();
    }

    /// <summary>One a channel.</summary>
    public ReadOnlySpan<float> Means => _means;

    /// <summary>One a channel.</summary>
    public ReadOnlySpan<float> Deviations => _deviations;

    /// <summary>The mean and the deviation of each channel over a whole dataset, in two passes and in double.</summary>
    /// <param name="dataset">The training images; those of the test set must not be looked at.</param>
    /// <returns>
    /// The normalisation that brings this dataset to mean 0 and deviation 1. A channel that is the same everywhere has the deviation 1: it becomes 0
    /// and keeps its scale.
    /// </returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    public static ChannelNormalization Of(ImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int channels = dataset.Shape[0];
        double count = (double)dataset.Count * (dataset.ImageLength / channels);

        // Differences from a pixel of the channel: those of a constant are exactly 0.
        var image = new float[dataset.ImageLength];
        dataset.CopyImage(0, image);
        double[] first = [.. Enumerable.Range(0, channels).Select(channel => (double)image[channel * (image.Length / channels)])];
        (double[] sums, _) = SumsAround(dataset, first);
        double[] means = [.. first.Zip(sums, (value, sum) => value + (sum / count))];

        // What is left of the sum is the rounding of the mean (Chan, Golub and LeVeque, 1983).
        (double[] rests, double[] squares) = SumsAround(dataset, means);
        float[] deviations = [.. squares.Zip(rests, (square, rest) => (float)Math.Sqrt((square - (rest * rest / count)) / count))];
        return new ChannelNormalization([.. means.Select(mean => (float)mean)], [.. deviations.Select(deviation => deviation > 0 ? deviation : 1)]);
    }

    /// <summary>Normalises images in place.</summary>
    /// <param name="images">Any number of whole images, channels first.</param>
    /// <param name="imageLength">Floats of one image.</param>
    /// <exception cref="ArgumentException">An image does not divide into the channels, or the images are not whole.</exception>
    public void Apply(Span<float> images, int imageLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(imageLength, 1);
        if (imageLength % _means.Length != 0 || images.Length % imageLength != 0)
            throw new ArgumentException($"{CountFormat.Of(images.Length, "float")} do not make up whole images of {imageLength} floats in "
                + $"{CountFormat.Of(_means.Length, "channel")}.", nameof(images));
        int area = imageLength / _means.Length;
        for (int start = 0; start < images.Length; start += imageLength)
        {
            for (int channel = 0; channel < _means.Length; channel++)
            {
                float mean = _means[channel];
                float deviation = _deviations[channel];
                foreach (ref float value in images.Slice(start + (channel * area), area))
                    value = (value - mean) / deviation;
            }
        }
    }

    /// <summary>Σ (x - centre) and Σ (x - centre)² of each channel.</summary>
    private static (double[] Sums, double[] Squares) SumsAround(ImageDataset dataset, double[] centres)
    {
        int area = dataset.ImageLength / centres.Length;
        var image = new float[dataset.ImageLength];
        var sums = new double[centres.Length];
        var squares = new double[centres.Length];
        for (int index = 0; index < dataset.Count; index++)
        {
            dataset.CopyImage(index, image);
            for (int channel = 0; channel < centres.Length; channel++)
            {
                double centre = centres[channel];
                (double sum, double square) = (0, 0);
                foreach (float value in image.AsSpan(channel * area, area))
                {
                    double difference = value - centre;
                    sum += difference;
                    square += difference * difference;
                }

                sums[channel] += sum;
                squares[channel] += square;
            }
        }

        return (sums, squares);
    }

    /// <summary>As <c>means 0.4914 0.4822 0.4465, deviations 0.247 0.2435 0.2616</c>.</summary>
    public override string ToString() => $"means {Text(_means)}, deviations {Text(_deviations)}";

    private static string Text(float[] values) => string.Join(' ', values.Select(static value => value.ToString("0.####", CultureInfo.InvariantCulture)));

    internal void CheckFits(ReadOnlySpan<int> shape, string argument)
    {
        if (shape[0] != _means.Length)
            throw new ArgumentException(
                $"The normalisation is for {CountFormat.Of(_means.Length, "channel")}, and the images have {shape[0]}.", argument);
    }
}
