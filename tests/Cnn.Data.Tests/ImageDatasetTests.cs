namespace Cnn.Data.Tests;

public sealed class ImageDatasetTests
{
    private static readonly byte[] TwoImages = Bytes.Idx([2, 1, 2], 0, 51, 102, 255);
    private static readonly byte[] TwoLabels = Bytes.Idx([2], 7, 0);

    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte", DatasetPart.Train)]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte", DatasetPart.Train)]
    [InlineData("t10k-images-idx3-ubyte.gz", "t10k-labels.idx1-ubyte.gz", DatasetPart.Test)]
    public void A_folder_laid_out_as_MNIST_is_read_under_each_of_its_usual_names(string images, string labels, DatasetPart part)
    {
        using var folder = new TemporaryFolder();
        Write(folder, images, TwoImages);
        Write(folder, labels, TwoLabels);

        ImageDataset dataset = ImageDataset.LoadIdx(folder.Path, part);

        Assert.Equal(2, dataset.Count);
        Assert.Equal([1, 1, 2], dataset.Shape);
        Assert.Equal(2, dataset.ImageLength);
        Assert.Equal(10, dataset.ClassCount);
        Assert.Equal([7, 0], dataset.Labels);
        Assert.Equal([102 / 255f, 1f], Image(dataset, 1));
    }

    [Fact]
    public void Channels_and_flat_features_keep_their_shape()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "labels", TwoLabels);
        Write(folder, "channels", Bytes.Idx([2, 3, 1, 2], new byte[12]));
        Write(folder, "features", Bytes.Idx([2, 5], new byte[10]));
        Assert.Equal([3, 1, 2], ImageDataset.LoadIdx(folder.File("channels"), folder.File("labels")).Shape);
        Assert.Equal([5], ImageDataset.LoadIdx(folder.File("features"), folder.File("labels")).Shape);
    }

    [Fact]
    public void A_missing_file_names_the_folder_and_what_was_looked_for()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train-images-idx3-ubyte", TwoImages);
        string message = Assert.Throws<FileNotFoundException>(() => ImageDataset.LoadIdx(folder.Path, DatasetPart.Train)).Message;
        Assert.Contains(folder.Path, message, StringComparison.Ordinal);
        Assert.Contains("train-labels-idx1-ubyte, train-labels-idx1-ubyte.gz, train-labels.idx1-ubyte", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_are_not_as_many_as_the_images_are_refused()
    {
        Assert.Contains("has 2 images and", LoadError(TwoImages, Bytes.Idx([3], 1, 2, 3)), StringComparison.Ordinal);
        Assert.Contains("has 3 labels", LoadError(TwoImages, Bytes.Idx([3], 1, 2, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused_with_its_position()
        => Assert.Contains("label 1 is 10; with 10 classes, 0 to 9 are allowed", LoadError(TwoImages, Bytes.Idx([2], 9, 10)), StringComparison.Ordinal);

    [Fact]
    public void Images_and_labels_that_are_exchanged_are_refused()
        => Assert.Contains("has the shape [2]; images need 2, 3 or 4 axes", LoadError(TwoLabels, TwoImages), StringComparison.Ordinal);

    [Fact]
    public void Floats_are_used_as_they_are()
    {
        var dataset = new ImageDataset([-1f, 2f, 3f, 4f], [0, 1], [2], classCount: 2);
        Assert.Equal([-1f, 2f], Image(dataset, 0));
        Assert.Equal([3f, 4f], Image(dataset, 1));
    }

    [Fact]
    public void Arguments_that_do_not_fit_together_are_refused()
    {
        Assert.Contains("There are 3 values; 2 labels and images of [2] need 4", ConstructionError(new byte[3], [0, 1], [2], 2), StringComparison.Ordinal);
        Assert.Contains("label 0 is -1; with 2 classes, 0 to 1", ConstructionError(new byte[4], [-1, 1], [2], 2), StringComparison.Ordinal);
        Assert.Contains("no labels", ConstructionError([], [], [2], 2), StringComparison.Ordinal);
        Assert.Contains("shape", ConstructionError(new byte[4], [0, 1], [2, 0], 2), StringComparison.Ordinal);
        Assert.Contains("does not fit into an array", ConstructionError(new byte[4], [0, 1], [65536, 65536], 2), StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_is_not_there_or_does_not_fit_is_refused()
    {
        var dataset = new ImageDataset(new byte[4], [0, 1], [2], classCount: 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.CopyImage(2, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.CopyImage(-1, new float[2]));
        Assert.Contains("has 3 floats; an image has 2",
            Assert.Throws<ArgumentException>(() => dataset.CopyImage(0, new float[3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_pixel_is_scaled_to_the_nearest_float_at_every_length()
    {
        byte[] pixels = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        for (int length = 0; length <= pixels.Length; length++)
        {
            var scaled = new float[length];
            PixelScaling.ToUnitRange(pixels.AsSpan(0, length), scaled);
            for (int index = 0; index < length; index++)
                Assert.Equal(index / 255f, scaled[index]);
        }
    }

    [Fact]
    public void The_published_MNIST_is_read()
    {
        string? folder = Environment.GetEnvironmentVariable("CNN_DATA");
        if (string.IsNullOrEmpty(folder) || !Directory.Exists(folder))
            Assert.Skip("CNN_DATA names no folder of IDX files.");

        ImageDataset train = ImageDataset.LoadIdx(folder, DatasetPart.Train);
        ImageDataset test = ImageDataset.LoadIdx(folder, DatasetPart.Test);

        Assert.Equal(60_000, train.Count);
        Assert.Equal(10_000, test.Count);
        Assert.Equal([1, 28, 28], train.Shape);
    }

    private static float[] Image(ImageDataset dataset, int index)
    {
        var image = new float[dataset.ImageLength];
        dataset.CopyImage(index, image);
        return image;
    }

    private static string LoadError(byte[] images, byte[] labels)
    {
        using var folder = new TemporaryFolder();
        Write(folder, "images", images);
        Write(folder, "labels", labels);
        return Assert.Throws<DataFormatException>(() => ImageDataset.LoadIdx(folder.File("images"), folder.File("labels"))).Message;
    }

    private static string ConstructionError(byte[] pixels, int[] labels, int[] shape, int classCount)
        => Assert.ThrowsAny<ArgumentException>(() => new ImageDataset(pixels, labels, shape, classCount)).Message;

    private static void Write(TemporaryFolder folder, string name, byte[] content)
        => File.WriteAllBytes(folder.File(name), name.EndsWith(".gz", StringComparison.Ordinal) ? Bytes.Gzip(content) : content);
}
