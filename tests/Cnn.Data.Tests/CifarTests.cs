namespace Cnn.Data.Tests;

public sealed class CifarTests : IDisposable
{
    private const int ImageLength = 3 * 32 * 32;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batches_are_read_one_after_the_other_zipped_or_not(bool zipped)
    {
        Write("data_batch_1.bin", zipped, Record([3], 10), Record([9], 20));
        Write("data_batch_3.bin", zipped, Record([0], 30));
        ImageDataset images = Cifar.Load10(_folder.Path, DatasetPart.Train);
        Assert.Equal([3, 9, 0], images.Labels.ToArray());
        Assert.Equal([3, 32, 32], images.Shape.ToArray());
        Assert.Equal(10, images.ClassCount);
        var image = new float[ImageLength];
        images.CopyImage(2, image);
        Assert.Equal(30 / 255f, image[0]);
        Assert.Equal(31 / 255f, image[1024]);
        Assert.Equal(32 / 255f, image[^1]);
    }

    [Fact]
    public void The_classes_of_cifar_100_are_the_fine_or_the_coarse_ones()
    {
        Write("test.bin", zipped: false, Record([19, 99], 0), Record([4, 0], 0));
        Assert.Equal([99, 0], Cifar.Load100(_folder.Path, DatasetPart.Test).Labels.ToArray());
        Assert.Equal([19, 4], Cifar.Load100(_folder.Path, DatasetPart.Test, coarse: true).Labels.ToArray());
    }

    [Fact]
    public void A_record_that_is_cut_is_named_by_file_and_index()
    {
        Write("test_batch.bin", zipped: false, Record([1], 0), Record([2], 0)[..100]);
        DataFormatException exception = Assert.Throws<DataFormatException>(() => Cifar.Load10(_folder.Path, DatasetPart.Test));
        Assert.Contains("test_batch.bin'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("record 1 has 100 of its 3073 bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_there_is_not_is_named_by_file_and_index()
    {
        Write("test_batch.bin", zipped: false, Record([1], 0), Record([10], 0));
        DataFormatException exception = Assert.Throws<DataFormatException>(() => Cifar.Load10(_folder.Path, DatasetPart.Test));
        Assert.Contains("record 1 has the class 10, and 0 to 9 are allowed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_gzip_file_and_an_empty_one_are_one_clear_exception()
    {
        File.WriteAllBytes(_folder.File("test_batch.bin.gz"), Bytes.Gzip(Record([1], 7)).Cut(30));
        Assert.Contains("ends inside its gzip compression", Damage(), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File("test_batch.bin"), []);
        Assert.Contains("it is empty", Damage(), StringComparison.Ordinal);

        string Damage() => Assert.Throws<DataFormatException>(() => Cifar.Load10(_folder.Path, DatasetPart.Test)).Message;
    }

    [Fact]
    public void A_missing_file_is_told_with_the_names_that_would_do()
    {
        FileNotFoundException exception = Assert.Throws<FileNotFoundException>(() => Cifar.Load10(_folder.Path, DatasetPart.Test));
        Assert.Contains("test_batch.bin, test_batch.bin.gz", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Record(byte[] labels, byte first)
    {
        var record = new byte[labels.Length + ImageLength];
        labels.CopyTo(record, 0);
        for (int plane = 0; plane < 3; plane++)
            record.AsSpan(labels.Length + (1024 * plane), 1024).Fill((byte)(first + plane));
        return record;
    }

    private void Write(string name, bool zipped, params byte[][] records)
    {
        byte[] content = [.. records.SelectMany(record => record)];
        File.WriteAllBytes(_folder.File(zipped ? name + ".gz" : name), zipped ? Bytes.Gzip(content) : content);
    }
}
