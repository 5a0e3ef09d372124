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
            throw new ArgumentException($"There are {means.Length} means and {deviations.Length} deviations; one of each is needed for every channel.", nameof(deviations));
        for (int channel = 0; channel < means.Length; channel++)
        {
            if (!float.IsFinite(means[channel]) || !float.IsFinite(deviations[channel]) || deviations[channel] <= 0)
                throw new ArgumentException($"Channel {channel} has the mean {means[channel]} and the deviation {deviations[channel]}; finite numbers are needed, and a deviation above 0.", nameof(deviations));
        }

        _means = means.ToArray();
        _deviations = deviations.ToArray();
    }

    /// <summary>One a channel.</summary>
    public ReadOnlySpan<float> Means => _means;

    /// <summary>One a channel.</summary>
    public ReadOnlySpan<float> Deviations => _deviations;

    /// <summary>The mean and the deviation of each channel over a whole dataset, summed in double.</summary>
    /// <param name="dataset">The training images; those of the test set must not be looked at.</param>
    /// <returns>The normalisation that brings this dataset to mean 0 and deviation 1. A channel that is the same everywhere keeps its scale.</returns>
    public static ChannelNormalization Of(ImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int channels = dataset.Shape[0];
        int area = dataset.ImageLength / channels;
        var image = new float[dataset.ImageLength];
        var sums = new double[channels];
        var squares = new double[channels];
        for (int index = 0; index < dataset.Count; index++)
        {
            dataset.CopyImage(index, image);
            for (int channel = 0; channel < channels; channel++)
            {
                foreach (float value in image.AsSpan(channel * area, area))
                {
                    sums[channel] += value;
                    squares[channel] += (double)value * value;
                }
            }
        }

        double count = (double)dataset.Count * area;
        var means = new float[channels];
        var deviations = new float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double mean = sums[channel] / count;
            double variance = Math.Max(0, (squares[channel] / count) - (mean * mean));
            means[channel] = (float)mean;
            deviations[channel] = variance > 0 ? (float)Math.Sqrt(variance) : 1;
        }

        return new ChannelNormalization(means, deviations);
    }

    /// <summary>Normalises images in place.</summary>
    /// <param name="images">Any number of whole images, channels first.</param>
    /// <param name="imageLength">Floats of one image.</param>
    /// <exception cref="ArgumentException">An image does not divide into the channels, or the images are not whole.</exception>
    public void Apply(Span<float> images, int imageLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(imageLength, 1);
        if (imageLength % _means.Length != 0 || images.Length % imageLength != 0)
            throw new ArgumentException($"{images.Length} floats are no whole images of {imageLength} floats in {_means.Length} channels.", nameof(images));
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

    internal void CheckFits(ImageDataset dataset, string argument)
    {
        if (dataset.Shape[0] != _means.Length)
            throw new ArgumentException($"The normalisation is for {_means.Length} channels, and the images have {dataset.Shape[0]}.", argument);
    }
}
