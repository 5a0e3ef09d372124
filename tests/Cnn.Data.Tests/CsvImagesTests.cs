using System.Text;

namespace Cnn.Data.Tests;

public sealed class CsvImagesTests
{
    private static readonly CsvLayout Two = new(1, 1, 2) { White = 16, ClassCount = 3 };

    [Fact]
    public void Pixels_are_scaled_and_the_class_stands_last()
    {
        ImageDataset images = Load("0,16,2\n8,4,0\n", Two);
        Assert.Equal([2, 0], images.Labels.ToArray());
        Assert.Equal([0f, 1f], Image(images, 0));
        Assert.Equal([0.5f, 0.25f], Image(images, 1));
    }

    [Fact]
    public void The_class_may_stand_first_below_a_header_in_a_zipped_file()
    {
        byte[] zipped = Bytes.Gzip(Encoding.ASCII.GetBytes("label,a,b\r\n1, 16, 0\r\n\r\n"));
        ImageDataset images = CsvImages.Load(new MemoryStream(zipped), Two with { LabelFirst = true, HasHeader = true });
        Assert.Equal([1], images.Labels.ToArray());
        Assert.Equal([1f, 0f], Image(images, 0));
    }

    [Fact]
    public void The_layout_of_the_optical_digits_is_8x8_and_the_class()
    {
        ImageDataset images = Load(string.Join(',', Enumerable.Repeat("16", 64)) + ",7", CsvLayout.OpticalDigits);
        Assert.Equal([1, 8, 8], images.Shape.ToArray());
        Assert.Equal([7], images.Labels.ToArray());
    }

    [Theory]
    [InlineData("1,2,0\n1,2\n", "line 2 has 2 numbers, and 2 pixels and a class are needed")]
    [InlineData("1,2,0,5\n", "line 1 has 4 numbers")]
    [InlineData("1,2,0\n\n1,x,0\n", "line 3, column 2 is 'x', and a number is needed")]
    [InlineData("1,NaN,0\n", "line 1, column 2 is 'NaN'")]
    [InlineData("1,2,3\n", "line 1, column 3 has the class '3', and 0 to 2 are allowed")]
    [InlineData("1,2,-1\n", "column 3 has the class '-1'")]
    [InlineData("\n \n", "it has no line with an image")]
    public void Damage_is_named_by_line_and_column(string content, string message) =>
        Assert.Contains(message, Assert.Throws<DataFormatException>(() => Load(content, Two)).Message, StringComparison.Ordinal);

    private static ImageDataset Load(string content, CsvLayout layout) => CsvImages.Load(new MemoryStream(Encoding.ASCII.GetBytes(content)), layout);

    private static float[] Image(ImageDataset images, int index)
    {
        var image = new float[images.ImageLength];
        images.CopyImage(index, image);
        return image;
    }
}
