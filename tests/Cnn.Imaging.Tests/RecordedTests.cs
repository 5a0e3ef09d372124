namespace Cnn.Imaging.Tests;

/// <summary>Decoding, turning, resizing and cropping give Pillow's values, to the bit.</summary>
public sealed class RecordedTests
{
    public static TheoryData<string> Names => [.. Fixture.Names];

    [Fact]
    public void There_are_pictures_of_every_format() =>
        Assert.Equal([".bmp", ".jpg", ".png", ".webp"], Fixture.Names.Select(name => Path.GetExtension(name)).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_picture_has_the_values_of_Pillow(string name)
    {
        Fixture fixture = Fixture.Of(name);
        (int width, int height) = (fixture.Width, fixture.Height);
        Picture picture = Picture.Decode(fixture.File);
        Assert.Equal(0, fixture.Compare(picture, width, height));
        Assert.Equal(0, fixture.Compare(picture.Resize(31, 24), 31, 24));
        Assert.Equal(0, fixture.Compare(picture.Resize(40, 52, Resampling.Bicubic), 40, 52));
        (int wider, int higher) = (width * 3 / 2, height * 4 / 3);
        Assert.Equal(0, fixture.Compare(picture.Resize(wider, higher, Resampling.Bicubic), wider, higher));
        Assert.Equal(0, fixture.Compare(picture.ResizeShorterSide(48).CenterCrop(40, 40), 40, 40));
        Assert.Equal(0, fixture.Compare(picture.Resize(29, 33, Resampling.Lanczos), 29, 33));
        Assert.Equal(0, fixture.Compare(picture.Resize(17, 90, Resampling.Box), 17, 90));
        Assert.Equal(0, fixture.Compare(picture.ToGrey(), width, height));
    }

    [Theory]
    [InlineData("alpha.png")]
    [InlineData("alpha.webp")]
    [InlineData("alpha-lossless.webp")]
    public void A_background_is_seen_through_what_is_transparent(string name)
    {
        Picture picture = Picture.Decode(Fixture.Of(name).File, new DecodeOptions { Background = Colour.White });
        Assert.Equal(0, Fixture.Largest(picture.Pixels, Fixture.Unpacked(name + ".white")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_tells_its_size_before_it_is_decoded(string name)
    {
        Fixture fixture = Fixture.Of(name);
        PictureInfo info = Picture.Identify(fixture.File);
        Picture stored = Picture.Decode(fixture.File, new DecodeOptions { Orient = false });
        Assert.Equal((stored.Width, stored.Height), (info.Width, info.Height));
        Assert.Equal(Path.GetExtension(name), info.Format == PictureFormat.Jpeg ? ".jpg" : "." + info.Format.ToString().ToLowerInvariant());
    }

    [Fact]
    public void A_span_a_stream_and_a_file_give_the_same_picture()
    {
        byte[] file = Fixture.Of("colours.png").File;
        Picture expected = Picture.Decode(file);
        Assert.Equal(expected.Pixels, Picture.Decode(new MemoryStream(file)).Pixels);
        Assert.Equal(expected.Pixels, Picture.Load(Path.Combine(AppContext.BaseDirectory, "Fixtures", "colours.png")).Pixels);
    }

    [Fact]
    public async Task A_stream_that_gives_a_byte_at_a_time_is_read_to_its_end()
    {
        byte[] file = Fixture.Of("halves.jpg").File;
        Picture picture = await Picture.DecodeAsync(new SlowStream(file), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Picture.Decode(file).Pixels, picture.Pixels);
    }

    private sealed class SlowStream(byte[] file) : MemoryStream(file)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
