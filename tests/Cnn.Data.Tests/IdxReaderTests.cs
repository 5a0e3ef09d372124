using System.IO.Compression;

namespace Cnn.Data.Tests;

public sealed class IdxReaderTests
{
    private static readonly byte[] Whole = Bytes.Idx([2, 1, 3], 1, 2, 3, 4, 5, 255);

    public static TheoryData<string, byte[], string> Damages { get; } = new()
    {
        { "empty", [], "has 0 bytes" },
        { "cut in the magic number", Whole.Cut(3), "has 3 bytes" },
        { "another file type", [0x89, (byte)'P', (byte)'N', (byte)'G'], "begins with 89504E47" },
        { "floats", Whole.With(2, 0x0D), "element type is 0x0D, and only 0x08" },
        { "no axes", Whole.With(3, 0), "has no axes" },
        { "cut in the axes", Whole.Cut(10), "ends after 6 of the 12 bytes of its 3 axes" },
        { "255 axes that are not there", Whole.With(3, 255), "ends after 18 of the 1020 bytes" },
        { "axis of 0", Whole.With(11, 0), "axis 1 has length 0" },
        { "axis of 4 billion", Bytes.Idx([uint.MaxValue]), "axis 0 has length 4294967295" },
        { "axes of 10^9", Bytes.Idx([1_000_000_000, 1_000_000_000, 1_000_000_000]), "shape [1000000000, 1000000000, 1000000000] is more than" },
        { "axis of 10^9", Bytes.Idx([1_000_000_000], 1, 2), "ends after 2 of the 1000000000 bytes" },
        { "cut in the values", Whole.Cut(Whole.Length - 1), "ends after 5 of the 6 bytes" },
        { "too long", [.. Whole, 9], "more bytes follow the 6 that its shape [2, 1, 3] says" },
    };

    public static TheoryData<string, byte[], string> GzipDamages
    {
        get
        {
            byte[] zipped = Bytes.Gzip(Whole);
            return new()
            {
                { "cut in the header", zipped.Cut(5), "it ends inside its gzip compression" },
                { "cut in the values", zipped.Cut(zipped.Length - 12), "it ends inside its gzip compression" },
                { "cut in the checksum", zipped.Cut(zipped.Length - 5), "it ends inside its gzip compression" },
                { "cut in the length", zipped.Cut(zipped.Length - 1), "it ends inside its gzip compression" },
                { "wrong checksum", zipped.With(zipped.Length - 6, (byte)~zipped[^6]), "gzip compression is broken" },
                { "unknown method", zipped.With(2, 7), "gzip compression is broken" },
                { "zipped twice", Bytes.Gzip(zipped), "begins with 1F8B" },
            };
        }
    }

    [Fact]
    public void Shape_and_values_are_read()
    {
        IdxArray array = IdxReader.Read(new MemoryStream(Whole));
        Assert.Equal([2, 1, 3], array.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 255], array.Values);
    }

    [Fact]
    public void A_gzipped_file_is_told_by_its_content()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("zipped"), Bytes.Gzip(Whole));
        File.WriteAllBytes(folder.File("plain.gz"), Whole);
        Assert.Equal([1, 2, 3, 4, 5, 255], IdxReader.Read(folder.File("zipped")).Values);
        Assert.Equal([1, 2, 3, 4, 5, 255], IdxReader.Read(folder.File("plain.gz")).Values);
    }

    [Fact]
    public void A_stream_need_not_be_able_to_seek_and_is_left_open()
    {
        var values = new byte[200_000];
        new Random(1).NextBytes(values);
        byte[] file = Bytes.Idx([200_000], values);
        Assert.Equal(values, IdxReader.Read(new ForwardOnlyStream(file, 1000)).Values);
        Assert.Equal(values, IdxReader.Read(new ForwardOnlyStream(Bytes.Gzip(file), 1000)).Values);

        var stream = new MemoryStream(Bytes.Gzip(Whole));
        IdxReader.Read(stream);
        Assert.True(stream.CanRead);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_is_one_exception_that_tells_what_was_found(string damage, byte[] file, string expected)
    {
        foreach (byte[] content in new[] { file, Bytes.Gzip(file) })
        {
            var exception = Assert.Throws<DataFormatException>(() => IdxReader.Read(new MemoryStream(content), "'train-images'"));
            Assert.True(exception.Message.Contains(expected, StringComparison.Ordinal), $"{damage}: {exception.Message}");
            Assert.StartsWith("'train-images' is no whole IDX file: ", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(GzipDamages))]
    public void Broken_compression_is_the_same_exception(string damage, byte[] file, string expected)
    {
        var exception = Assert.Throws<DataFormatException>(() => IdxReader.Read(new MemoryStream(file)));
        Assert.True(exception.Message.Contains(expected, StringComparison.Ordinal), $"{damage}: {exception.Message}");
    }

    [Fact]
    public void A_gzipped_file_cut_anywhere_is_refused()
    {
        var noise = new byte[300];
        new Random(1).NextBytes(noise);
        foreach (byte[] content in new[] { Whole, Bytes.Idx([300], noise), Bytes.Idx([300], new byte[300]) })
        {
            byte[] zipped = Bytes.Gzip(content);
            for (int length = 0; length < zipped.Length; length++)
            {
                Assert.Throws<DataFormatException>(() => IdxReader.Read(new MemoryStream(zipped.Cut(length))));
                Assert.Throws<DataFormatException>(() => IdxReader.Read(new ForwardOnlyStream(zipped.Cut(length))));
            }

            Assert.Equal(content[^1], IdxReader.Read(new MemoryStream(zipped)).Values[^1]);
        }
    }

    [Fact]
    public void Members_of_a_gzip_file_are_joined_and_what_follows_them_is_ignored_as_gzip_does()
    {
        byte[] file = [.. Bytes.Gzip(Whole.Cut(17)), .. Bytes.Gzip(Whole[17..]), .. Bytes.Gzip([]), 0, 0, 0];
        Assert.Equal([1, 2, 3, 4, 5, 255], IdxReader.Read(new MemoryStream(file)).Values);
        Assert.Equal([1, 2, 3, 4, 5, 255], IdxReader.Read(new ForwardOnlyStream(file)).Values);
    }

    [Fact]
    public void A_missing_file_is_an_error_of_the_file_system()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => IdxReader.Read(folder.File("absent")));
    }

    [Fact]
    public void A_claim_of_a_gigabyte_costs_no_memory()
    {
        byte[] file = Bytes.Idx([1_000_000_000], new byte[100]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DataFormatException>(() => IdxReader.Read(new MemoryStream(file)));
        Assert.Throws<DataFormatException>(() => IdxReader.Read(new MemoryStream(Bytes.Gzip(file))));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_compressed_stream_that_never_ends_is_left_after_one_byte_too_many()
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Bytes.Idx([2], 1, 2));
            for (int megabyte = 0; megabyte < 50; megabyte++)
                gzip.Write(new byte[1 << 20]);
        }

        compressed.Position = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DataFormatException>(() => IdxReader.Read(compressed));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_damage_ends_in_the_documented_exception_or_in_as_many_values_as_the_shape_says(bool isGzipped)
    {
        var random = new Random(1);
        byte[] plain = Bytes.Idx([4, 2, 3], [.. Enumerable.Range(0, 24).Select(value => (byte)value)]);
        byte[] whole = isGzipped ? Bytes.Gzip(plain) : plain;
        int refused = 0;
        for (int round = 0; round < 5_000; round++)
        {
            byte[] damaged = random.Next(4) == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (int flip = random.Next(4); flip > 0 && damaged.Length > 0; flip--)
                damaged[random.Next(Math.Min(damaged.Length, 40))] = (byte)random.Next(256);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                IdxArray array = IdxReader.Read(random.Next(2) == 0 ? new MemoryStream(damaged) : new ForwardOnlyStream(damaged));
                Assert.Equal(array.Values.Length, array.Shape.ToArray().Aggregate(1, (product, axis) => product * axis));
            }
            catch (DataFormatException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1_000_000);
        }

        Assert.InRange(refused, 1_500, 5_000);
    }
}
