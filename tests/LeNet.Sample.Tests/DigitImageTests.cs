using LeNetSample.Images;

namespace LeNetSample.Tests;

public class DigitImageTests
{
    [Fact]
    public void A_picture_of_the_right_size_on_black_is_taken_as_it_is()
    {
        GrayImage image = Picture(28, 28, (x, y) => x is 10 && y is > 5 and < 20 ? 200 : 0);
        DigitImage digit = DigitImage.From(image);
        Assert.Equal("", digit.Changes);
        Assert.Equal(image.Pixels.Select(pixel => pixel / 255f), digit.Values);
    }

    [Fact]
    public void A_bright_background_is_inverted_and_told()
    {
        DigitImage digit = DigitImage.From(Picture(28, 28, (x, y) => x is 10 && y is > 5 and < 20 ? 55 : 255));
        Assert.Contains("inverted", digit.Changes, StringComparison.Ordinal);
        Assert.Equal(200 / 255f, digit.Values[10 * 28 + 10]);
        Assert.Equal(0f, digit.Values[0]);
    }

    [Fact]
    public void An_enlarged_picture_gives_the_original_back()
    {
        GrayImage small = Picture(28, 28, (x, y) => (x * 7 + y * 3) % 120);
        GrayImage large = Picture(280, 280, (x, y) => small.Pixels[y / 10 * 28 + x / 10]);
        DigitImage digit = DigitImage.From(large);
        Assert.Equal("scaled from 280x280 to 28x28", digit.Changes);
        float[] expected = DigitImage.From(small).Values;
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], digit.Values[i], 1e-4f);
    }

    [Fact]
    public void A_picture_that_is_not_square_is_padded_and_not_distorted()
    {
        DigitImage digit = DigitImage.From(Picture(56, 28, (x, y) => x is 27 or 28 && y is > 5 and < 22 ? 255 : 0));
        Assert.All(Enumerable.Range(0, 28), x => Assert.Equal(0f, digit.Values[3 * 28 + x]));
        Assert.Equal(0.5f, digit.Values[14 * 28 + 13], 1e-4f);
        Assert.Equal(0.5f, digit.Values[14 * 28 + 14], 1e-4f);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    [InlineData(5, 7)]
    [InlineData(1001, 999)]
    public void Any_size_gives_values_from_0_to_1(int width, int height)
    {
        DigitImage digit = DigitImage.From(Picture(width, height, (x, y) => (x * 31 + y * 17) % 256));
        Assert.Equal(784, digit.Values.Length);
        Assert.All(digit.Values, value => Assert.InRange(value, 0f, 1f));
    }

    private static GrayImage Picture(int width, int height, Func<int, int, int> gray)
    {
        byte[] pixels = new byte[width * height];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)gray(i % width, i / width);
        return new GrayImage(width, height, pixels);
    }
}
