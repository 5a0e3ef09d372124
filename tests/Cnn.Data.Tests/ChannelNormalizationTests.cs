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

    [Theory]
    [InlineData(0.33f)]
    [InlineData(1e6f)]
    [InlineData(-1e-30f)]
    public void A_thousand_constant_images_have_that_mean_and_the_deviation_1(float constant)
    {
        ChannelNormalization normalization = ChannelNormalization.Of(
            new ImageDataset(Enumerable.Repeat(constant, 1000 * 64).ToArray(), new int[1000], [1, 8, 8], 1));
        Assert.Equal(constant, normalization.Means[0]);
        Assert.Equal(1f, normalization.Deviations[0]);
    }

    [Theory]
    [InlineData(1e6f, 0.579f)]
    [InlineData(-3e7f, 4f)]
    [InlineData(1e-3f, 1e-9f)]
    [InlineData(0f, 1e-20f)]
    public void A_deviation_is_exact_however_large_the_mean_is(float offset, float scale)
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 500 * 64).Select(_ => offset + (scale * 1.7320508f * ((2 * random.NextSingle()) - 1)))];

        // The channel's first pixel is far from all others.
        values[0] = offset + (1000 * scale);
        ChannelNormalization normalization = ChannelNormalization.Of(new ImageDataset(values, new int[500], [1, 8, 8], 1));
        double mean = values.Average(value => (double)value - offset);
        double deviation = Math.Sqrt(values.Average(value => ((double)value - offset - mean) * ((double)value - offset - mean)));
        Assert.Equal(1, normalization.Deviations[0] / deviation, 1e-6);
        Assert.Equal((float)(offset + mean), normalization.Means[0]);
    }

    [Fact]
    public void A_pixel_that_is_no_number_is_told() =>
        Assert.Contains("mean NaN",
            Assert.Throws<ArgumentException>(() => ChannelNormalization.Of(new ImageDataset([0f, float.NaN], [0], [1, 1, 2], 1))).Message,
            StringComparison.Ordinal);

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
