namespace Cnn.Data.Tests;

public sealed class ChannelNormalizationTests
{
    [Fact]
    public void A_normalised_dataset_has_mean_0_and_deviation_1_in_each_channel()
    {
        var values = new float[50 * 2 * 6];
        var random = new Random(4);
        for (int index = 0; index < values.Length; index++)
            values[index] = (index / 6 % 2 * 3) + (random.NextSingle() * 2);
        ImageDataset dataset = new(values, new int[50], [2, 2, 3], 1);
        ChannelNormalization.Of(dataset).Apply(values, dataset.ImageLength);
        for (int channel = 0; channel < 2; channel++)
        {
            double[] numbers = [.. values.Where((_, index) => index / 6 % 2 == channel).Select(value => (double)value)];
            double mean = numbers.Average();
            Assert.InRange(mean, -1e-6, 1e-6);
            Assert.InRange(Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean))), 1 - 1e-6, 1 + 1e-6);
        }
    }

    [Fact]
    public void A_channel_that_is_the_same_everywhere_becomes_0()
    {
        ImageDataset dataset = new([0.5f, 0.5f, 0.5f, 0.5f], [0, 0], [1, 1, 2], 1);
        var image = new float[] { 0.5f, 0.5f };
        ChannelNormalization.Of(dataset).Apply(image, 2);
        Assert.Equal([0f, 0f], image);
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ChannelNormalization([0f], [0f]));
        Assert.Throws<ArgumentException>(() => new ChannelNormalization([float.NaN], [1f]));
        Assert.Throws<ArgumentException>(() => new ChannelNormalization([0f, 0f], [1f]));
        Assert.Throws<ArgumentException>(() => new ChannelNormalization([], []));
        Assert.Throws<ArgumentException>(() => new ChannelNormalization([0f, 0f], [1f, 1f]).Apply(new float[3], 3));
    }
}
