using Cnn.Training.Rendering;

namespace Cnn.Fitting.Tests;

public sealed class DigitRendererTests
{
    private const int Count = 2000;

    [Fact]
    public void The_same_seed_gives_the_same_digits()
    {
        (byte[] pixels, int[] labels) = DigitRenderer.Render(Count, seed: 7, stream: 1);
        (byte[] again, int[] labelsAgain) = DigitRenderer.Render(Count, seed: 7, stream: 1);
        Assert.Equal(pixels, again);
        Assert.Equal(labels, labelsAgain);
    }

    [Fact]
    public void A_digit_does_not_depend_on_how_many_are_rendered()
    {
        byte[] few = DigitRenderer.Render(10, seed: 7, stream: 1).Pixels;
        byte[] many = DigitRenderer.Render(50, seed: 7, stream: 1).Pixels;
        Assert.Equal(few, many[..few.Length]);
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(7, 2)]
    public void Another_seed_or_stream_gives_other_digits(int seed, int stream)
    {
        byte[] pixels = DigitRenderer.Render(10, seed: 7, stream: 1).Pixels;
        Assert.NotEqual(pixels, DigitRenderer.Render(10, seed, stream).Pixels);
    }

    [Fact]
    public void All_classes_are_about_equally_frequent()
    {
        int[] labels = DigitRenderer.Render(Count, seed: 0, stream: 1).Labels;
        for (int digit = 0; digit < 10; digit++)
            Assert.InRange(labels.Count(label => label == digit), Count / 10 - 60, Count / 10 + 60);
    }

    [Fact]
    public void Every_image_has_ink_and_background()
    {
        byte[] pixels = DigitRenderer.Render(Count, seed: 0, stream: 1).Pixels;
        foreach (byte[] image in pixels.Chunk(DigitRenderer.Pixels))
        {
            Assert.InRange(image.Count(pixel => pixel > 100), 15, 450);
            Assert.True(image.Count(pixel => pixel < 60) > 250);
        }
    }

    [Fact]
    public void No_two_images_are_equal()
    {
        byte[] pixels = DigitRenderer.Render(Count, seed: 0, stream: 1).Pixels;
        Assert.Equal(Count, pixels.Chunk(DigitRenderer.Pixels).Select(Convert.ToHexString).Distinct().Count());
    }

    /// <summary>The mean images of the classes tell unseen images apart far better than chance, and far from perfectly.</summary>
    [Fact]
    public void Classes_can_be_told_apart_but_not_by_their_means_alone()
    {
        (byte[] pixels, int[] labels) = DigitRenderer.Render(Count, seed: 0, stream: 1);
        float[][] means = Means(pixels, labels);
        (byte[] tests, int[] truths) = DigitRenderer.Render(Count, seed: 0, stream: 2);
        int right = 0;
        for (int i = 0; i < Count; i++)
        {
            byte[] image = tests[(i * DigitRenderer.Pixels)..((i + 1) * DigitRenderer.Pixels)];
            int nearest = Enumerable.Range(0, 10).MinBy(digit => Distance(means[digit], image));
            if (nearest == truths[i])
                right++;
        }

        Assert.InRange(right / (double)Count, 0.45, 0.9);
    }

    [Fact]
    public void The_ways_to_write_a_digit_fit_the_buffers_of_the_renderer()
    {
        Assert.Equal(10, Glyphs.Digits.Length);
        foreach (Stroke stroke in Glyphs.Digits.SelectMany(ways => ways).SelectMany(way => way))
            Assert.InRange(stroke.Points.Length, 2, 12);
    }

    private static float[][] Means(byte[] pixels, int[] labels)
    {
        float[][] means = Enumerable.Range(0, 10).Select(_ => new float[DigitRenderer.Pixels]).ToArray();
        int[] counts = new int[10];
        for (int i = 0; i < labels.Length; i++)
        {
            counts[labels[i]]++;
            for (int p = 0; p < DigitRenderer.Pixels; p++)
                means[labels[i]][p] += pixels[i * DigitRenderer.Pixels + p];
        }

        for (int digit = 0; digit < 10; digit++)
        {
            for (int p = 0; p < DigitRenderer.Pixels; p++)
                means[digit][p] /= counts[digit];
        }

        return means;
    }

    private static double Distance(float[] mean, byte[] image) => mean.Zip(image, (a, b) => (double)(a - b) * (a - b)).Sum();
}
