using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Cnn.Imaging.Decoding.Png;

namespace Cnn.Imaging.Tests;

/// <summary>What is no whole picture is one exception, in little memory and time, whatever is wrong with it.</summary>
public sealed class HostileFileTests
{
    private static readonly DecodeOptions Small = new() { MostPixels = 20_000, Background = Colour.White };

    private static int Mutations => int.Parse(Environment.GetEnvironmentVariable("CNN_FUZZ") ?? "100", CultureInfo.InvariantCulture);

    public static TheoryData<string> Names => [.. Fixture.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_is_cut_off_is_an_exception_that_says_so(string name)
    {
        byte[] file = Fixture.Of(name).File;
        for (int length = 12; length < file.Length; length += Math.Max(1, file.Length / 97))
        {
            PictureException exception = Assert.Throws<PictureException>(() => Picture.Decode(file.AsSpan(0, length)));
            Assert.Equal(PictureFault.Truncated, exception.Fault);
            Assert.Contains("cut off", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_file_is_a_picture_or_one_exception_in_bounded_memory(string name)
    {
        byte[] file = Fixture.Of(name).File;
        Random random = new(name.Length);
        for (int i = 0; i < Mutations; i++)
        {
            byte[] damaged = Damaged(file, random, keepsChecks: i % 2 == 0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            try
            {
                Picture picture = Picture.Decode(damaged, Small);
                Assert.InRange((long)picture.Width * picture.Height, 1, Small.MostPixels);
            }
            catch (PictureException exception)
            {
                Assert.NotEmpty(exception.Message);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            long tables = name.EndsWith(".webp", StringComparison.Ordinal) ? 40_000_000 : 1_000_000;
            Assert.True(allocated < (40 * Small.MostPixels) + (64 * file.Length) + tables, $"mutation {i} of {name} allocated {allocated} bytes");
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5), $"mutation {i} of {name} took {Stopwatch.GetElapsedTime(start)}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a, which is not read")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    public void What_is_no_picture_is_an_exception(string text)
    {
        PictureException exception = Assert.Throws<PictureException>(() => Picture.Decode(System.Text.Encoding.ASCII.GetBytes(text)));
        Assert.Equal(PictureFault.UnknownFormat, exception.Fault);
    }

    [Fact]
    public void A_size_above_the_limit_is_refused_before_anything_is_decoded()
    {
        byte[] file = Png(30_000, 30_000, []);
        PictureException exception = Assert.Throws<PictureException>(() => Picture.Decode(file));
        Assert.Equal(PictureFault.TooLarge, exception.Fault);
        Assert.Contains("30000x30000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_size_with_few_bytes_takes_no_memory()
    {
        byte[] file = Png(8_000, 8_000, new byte[100]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(PictureFault.Truncated, Assert.Throws<PictureException>(() => Picture.Decode(file)).Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Rows_that_a_header_does_not_know_take_no_memory()
    {
        byte[] file = Png(1, 1, new byte[50_000_000]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(PictureFault.Damaged, Assert.Throws<PictureException>(() => Picture.Decode(file)).Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void More_bytes_than_the_limit_are_not_read()
    {
        DecodeOptions options = new() { MostBytes = 1000 };
        byte[] file = Fixture.Of("colours.png").File;
        Assert.Equal(PictureFault.TooLarge, Assert.Throws<PictureException>(() => Picture.Decode(file, options)).Fault);
        Assert.Equal(PictureFault.TooLarge, Assert.Throws<PictureException>(() => Picture.Decode(new MemoryStream(file), options)).Fault);
    }

    private static byte[] Damaged(byte[] file, Random random, bool keepsChecks)
    {
        byte[] damaged = [.. file];
        for (int k = random.Next(1, 8); k > 0; k--)
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        if (random.Next(4) == 0)
            damaged = damaged[..random.Next(1, damaged.Length)];

        // Otherwise the checks of chunks would keep most damage from the decoder.
        if (keepsChecks && damaged.AsSpan().StartsWith(PngFile.Signature))
            Check(damaged);
        return damaged;
    }

    private static void Check(Span<byte> png)
    {
        for (int at = 8; at + 12 <= png.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (length > png.Length - at - 12)
                return;
            Span<byte> data = png.Slice(at + 8, (int)length);
            BinaryPrimitives.WriteUInt32BigEndian(png[(at + 8 + (int)length)..], Crc32.Of(png.Slice(at + 4, 4), data));
            at += 12 + (int)length;
        }
    }

    /// <summary>A grey picture of given bytes behind the header, whatever that says.</summary>
    private static byte[] Png(int width, int height, byte[] content)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [.. PngFile.Signature, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string kind, byte[] data)
    {
        byte[] type = System.Text.Encoding.ASCII.GetBytes(kind);
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.Of(type, data));
        return chunk;
    }
}
