using BigGustave;
using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_are_classes_and_pictures_become_planes()
    {
        Write("dogs/b.png", 2, 1, (x, _) => new Pixel(10, 20, (byte)(30 + x)));
        Write("dogs/a.png", 2, 1, (_, _) => new Pixel(1, 2, 3));
        Write("cats/1.png", 2, 1, (_, _) => new Pixel(7, 8, 9));
        File.WriteAllText(Path.Combine(_folder["cats"], "notes.txt"), "no picture");
        (ImageDataset images, IReadOnlyList<string> classes) = ImageFolder.Load(_folder["."], channels: 3, height: 1, width: 2);
        Assert.Equal(["cats", "dogs"], classes);
        Assert.Equal([0, 1, 1], images.Labels.ToArray());
        Assert.Equal([7, 7, 8, 8, 9, 9], Bytes(images, 0));
        Assert.Equal([1, 1, 2, 2, 3, 3], Bytes(images, 1));
        Assert.Equal([10, 10, 20, 20, 30, 31], Bytes(images, 2));
    }

    [Fact]
    public void A_picture_is_stretched_with_the_values_of_Pillow()
    {
        Write("a/1.png", 4, 4, (x, y) => Grey((byte)((10 * (x / 2)) + (100 * (y / 2)) + (x % 2))));
        Write("a/2.png", 2, 1, (_, _) => Grey(50));
        Write("a/3.png", 2, 3, (_, y) => Grey((byte)(y * 60)));
        (ImageDataset images, _) = ImageFolder.Load(_folder["."], channels: 1, height: 2, width: 2);
        Assert.Equal([16, 23, 88, 95], Bytes(images, 0));
        Assert.Equal([50, 50, 50, 50], Bytes(images, 1));
        Assert.Equal([23, 23, 98, 98], Bytes(images, 2));
    }

    [Fact]
    public void A_damaged_picture_is_named()
    {
        Write("a/1.png", 2, 2, (_, _) => Grey(1));
        File.WriteAllText(Path.Combine(_folder["a"], "2.png"), "no picture");
        DataFormatException exception = Assert.Throws<DataFormatException>(() => ImageFolder.Load(_folder["."], 1, 2, 2));
        Assert.Contains("2.png' is no whole picture", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_classes_and_a_class_without_pictures_are_told()
    {
        Assert.Contains("has no folders", Assert.Throws<DataFormatException>(() => ImageFolder.Load(_folder["."], 1, 2, 2)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Contains("empty' has no picture",
            Assert.Throws<DataFormatException>(() => ImageFolder.Load(_folder["."], 1, 2, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFolder.Load(_folder["."], 2, 2, 2));
    }

    private static Pixel Grey(byte value) => new(value, value, value);

    private static int[] Bytes(ImageDataset images, int index)
    {
        var image = new float[images.ImageLength];
        images.CopyImage(index, image);
        return [.. image.Select(value => (int)MathF.Round(value * 255))];
    }

    /// <summary>The width must be even: of few colours the builder makes 4 bits a pixel, and of an odd row it leaves out the last half byte.</summary>
    private void Write(string name, int width, int height, Func<int, int, Pixel> pixel)
    {
        PngBuilder builder = PngBuilder.Create(width, height, hasAlphaChannel: false);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                builder.SetPixel(pixel(x, y), x, y);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllBytes(_folder[name], builder.Save());
    }
}
