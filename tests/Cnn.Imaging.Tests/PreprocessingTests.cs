namespace Cnn.Imaging.Tests;

public sealed class PreprocessingTests
{
    private static readonly Picture Colours = Picture.Decode(Fixture.Of("colours.png").File);

    [Fact]
    public void ImageNets_is_resized_cropped_and_normalised_as_by_torchvision()
    {
        float[] values = Preprocessing.ImageNet.ToFloats(Colours);
        Picture middle = Colours.ResizeShorterSide(256).CenterCrop(224, 224);
        Assert.Equal(3 * 224 * 224, values.Length);
        for (int channel = 0; channel < 3; channel++)
        {
            float mean = ((float[])[0.485f, 0.456f, 0.406f])[channel];
            float deviation = ((float[])[0.229f, 0.224f, 0.225f])[channel];
            for (int i = 0; i < 224 * 224; i++)
                Assert.Equal(((middle.Pixels[(3 * i) + channel] / 255f) - mean) / deviation, values[(channel * 224 * 224) + i]);
        }
    }

    [Fact]
    public void Channels_lie_last_where_the_network_has_them_so()
    {
        Preprocessing first = Preprocessing.ZeroToOne(20, 10);
        float[] planes = first.ToFloats(Colours);
        float[] pixels = (first with { Layout = DataLayout.ChannelsLast }).ToFloats(Colours);
        for (int i = 0; i < 200; i++)
        {
            for (int channel = 0; channel < 3; channel++)
                Assert.Equal(planes[(channel * 200) + i], pixels[(3 * i) + channel]);
        }
    }

    [Fact]
    public void Bytes_are_the_picture_itself()
    {
        byte[] bytes = new byte[600];
        (Preprocessing.ZeroToOne(20, 10) with { Layout = DataLayout.ChannelsLast }).Write(Colours, bytes);
        Assert.Equal(Colours.Resize(20, 10).Pixels, bytes);
        Assert.Throws<InvalidOperationException>(() => Preprocessing.MinusOneToOne(20, 10).Write(Colours, bytes));
    }

    [Fact]
    public void Presets_have_their_ranges()
    {
        Picture ends = Picture.FromPixels([0, 255], 2, 1, 1);
        Assert.Equal([0, 1], Preprocessing.ZeroToOne(2, 1, 1).ToFloats(ends));
        Assert.Equal([-1, 1], Preprocessing.MinusOneToOne(2, 1, 1).ToFloats(ends));
        float[] digit = Preprocessing.Mnist.ToFloats(Picture.FromPixels(new byte[784], 28, 28, 1));
        Assert.All(digit, value => Assert.Equal(-0.1307f / 0.3081f, value));
    }

    [Fact]
    public void A_length_that_does_not_fit_is_refused() =>
        Assert.Contains(
            "1x28x28 are 784", Assert.Throws<ArgumentException>(() => Preprocessing.Mnist.Write(Colours, new float[3])).Message, StringComparison.Ordinal);
}
