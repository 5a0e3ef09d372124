namespace Cnn.Imaging.Tests;

public sealed class PictureTests
{
    private static readonly Picture Ramp = Picture.FromPixels([0, 50, 100, 150, 200, 250], 3, 2, 1);

    [Theory]
    [InlineData("colours.png")]
    [InlineData("grey.png")]
    public void A_picture_that_is_encoded_and_decoded_is_the_same(string name)
    {
        Picture picture = Picture.Decode(Fixture.Of(name).File);
        Assert.Equal(picture.Pixels, Picture.Decode(picture.EncodePng()).Pixels);
        Assert.Equal(picture.ToGrey().Pixels, Picture.Decode(picture.ToGrey().EncodePng(), new DecodeOptions { Grey = true }).Pixels);
    }

    [Fact]
    public void A_part_is_cut_out()
    {
        Picture part = Ramp.Crop(1, 0, 2, 2);
        Assert.Equal([50, 100, 200, 250], part.Pixels.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => Ramp.Crop(2, 0, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ramp.Crop(0, int.MinValue, 1, 1));
    }

    [Fact]
    public void The_middle_of_a_smaller_picture_has_black_around_it()
    {
        Picture middle = Ramp.CenterCrop(5, 3);
        Assert.Equal([0, 0, 50, 100, 0, 0, 150, 200, 250, 0, 0, 0, 0, 0, 0], middle.Pixels.ToArray());
    }

    [Fact]
    public void Dark_becomes_bright() => Assert.Equal([255, 205, 155, 105, 55, 5], Ramp.Invert().Pixels.ToArray());

    [Fact]
    public void Grey_becomes_three_equal_channels() => Assert.Equal([0, 0, 0, 50, 50, 50], Ramp.ToRgb().Pixels[..6].ToArray());

    [Fact]
    public void A_length_that_does_not_fit_is_refused() =>
        Assert.Contains("2x3x3 are 18", Assert.Throws<ArgumentException>(() => Picture.FromPixels(new byte[17], 3, 2, 3)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_picture_of_one_pixel_can_be_resized() => Assert.All(Picture.FromPixels([7], 1, 1, 1).Resize(9, 5, Resampling.Bicubic).Pixels.ToArray(),
        value => Assert.Equal(7, value));
}
