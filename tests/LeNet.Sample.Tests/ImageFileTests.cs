using System.Buffers.Binary;
using System.Text;
using BigGustave;
using LeNetSample.Images;

namespace LeNetSample.Tests;

public sealed class ImageFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_png_is_read_as_gray()
    {
        string path = WritePng(3, 2, (x, y) => new Pixel((byte)(10 * x + 100 * y)));
        GrayImage image = ImageFile.Read(path);
        Assert.Equal((3, 2), (image.Width, image.Height));
        Assert.Equal([0, 10, 20, 100, 110, 120], image.Pixels);
    }

    [Fact]
    public void Colours_become_luma_and_transparency_becomes_white()
    {
        string path = WritePng(3, 1, (x, _) => x switch
        {
            0 => new Pixel(255, 0, 0, 255, false),
            1 => new Pixel(0, 255, 0, 255, false),
            _ => new Pixel(0, 0, 0, 0, false),
        });
        Assert.Equal([76, 150, 255], ImageFile.Read(path).Pixels);
    }

    [Fact]
    public void A_binary_pgm_is_read()
    {
        string path = Write("image.pgm", [.. "P5\n# made by hand\n2 2\n255\n"u8, 0, 128, 255, 10]);
        Assert.Equal([0, 128, 255, 10], ImageFile.Read(path).Pixels);
    }

    [Fact]
    public void A_binary_pgm_of_two_bytes_a_pixel_is_scaled()
    {
        string path = Write("image.pgm", [.. "P5 2 1 65535\n"u8, 0xFF, 0xFF, 0x80, 0x00]);
        Assert.Equal([255, 128], ImageFile.Read(path).Pixels);
    }

    [Fact]
    public void A_text_pgm_with_another_white_is_scaled()
    {
        string path = Write("image.pgm", "P2\n3 1 # width and height\n15\n0 15\n5\n"u8);
        Assert.Equal([0, 255, 85], ImageFile.Read(path).Pixels);
    }

    [Theory]
    [InlineData("P5\n2 2\n255\n\u0001\u0002", "cut off: it holds 2 bytes of pixels and needs 4")]
    [InlineData("P2\n2 2\n255\n1 2 3", "the end of the file where pixel 3 should be")]
    [InlineData("P2\n2 x\n255\n1", "byte 0x78 where the height should be")]
    [InlineData("P2\n0 5\n255\n", "says that it is 0x5")]
    [InlineData("P5\n99999 99999\n255\n", "says that it is 99999x99999")]
    [InlineData("P5\n2 2\n70000\n1234", "largest gray value is 70000")]
    [InlineData("P5", "the end of the file where the width should be")]
    [InlineData("GIF89a", "neither a PNG nor a PGM")]
    [InlineData("", "neither a PNG nor a PGM")]
    public void A_damaged_file_is_one_clear_exception_with_its_name(string content, string reason)
    {
        string path = Write("bad.pgm", Encoding.Latin1.GetBytes(content));
        ImageException exception = Assert.Throws<ImageException>(() => ImageFile.Read(path));
        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_png_that_claims_a_huge_size_is_refused_before_it_is_decoded()
    {
        byte[] png = File.ReadAllBytes(WritePng(2, 2, (_, _) => new Pixel(0)));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 30_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 30_000);
        ImageException exception = Assert.Throws<ImageException>(() => ImageFile.Read(Write("huge.png", png)));
        Assert.Contains("30000x30000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_png_cut_off_anywhere_or_with_a_changed_byte_gives_an_image_or_the_one_exception()
    {
        byte[] png = File.ReadAllBytes(WritePng(28, 28, (x, y) => new Pixel((byte)(x * y))));
        Random random = new(3);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = (byte[])png.Clone();
            if (i % 2 == 0)
                damaged = damaged[..random.Next(png.Length)];
            else
                damaged[random.Next(24, png.Length)] ^= (byte)(1 << random.Next(8));
            string path = Write("damaged.png", damaged);
            try
            {
                ImageFile.Read(path);
            }
            catch (ImageException exception)
            {
                Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        ImageException exception = Assert.Throws<ImageException>(() => ImageFile.Read(_folder["nothing.png"]));
        Assert.Contains("there is no such file", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_picture() => Assert.Throws<ImageException>(() => ImageFile.Read(_folder.Path));

    private string WritePng(int width, int height, Func<int, int, Pixel> pixel)
    {
        PngBuilder builder = PngBuilder.Create(width, height, hasAlphaChannel: true);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                builder.SetPixel(pixel(x, y), x, y);
        }

        return Write("image.png", builder.Save());
    }

    private string Write(string name, ReadOnlySpan<byte> content)
    {
        string path = _folder[name];
        File.WriteAllBytes(path, content);
        return path;
    }
}
