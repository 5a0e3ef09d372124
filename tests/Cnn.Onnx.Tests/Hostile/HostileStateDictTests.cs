using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Cnn.Tool.Importing;
using Cnn.Tool.Weights.PyTorch;
using CsCheck;

namespace Cnn.Onnx.Tests.Hostile;

/// <summary>Archives as torch.save writes them, with pickles that were made to do harm: one clear error, and nothing is run.</summary>
public sealed class HostileStateDictTests
{
    private const long MostBytes = 64 << 20;

    // A tenth of this on a machine that does nothing else, in a debug build and with the code compiled on the way.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>{'w': a tensor of the storage '0', with 2 x 3 floats}.</summary>
    private static readonly byte[] Sound = Pickle(Tensor(6, [2, 3], [3, 1]));

    [Fact]
    public void A_state_dict_of_plain_tensors_is_read()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        (string name, Tensor tensor) = Assert.Single(Read(Archive(Sound, values.SelectMany(BitConverter.GetBytes).ToArray())));
        Assert.Equal("w", name);
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal(values, tensor.Reals);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("subprocess", "Popen")]
    [InlineData("torch", "load")]
    public void A_pickle_that_wants_to_run_something_is_an_error_that_names_it(string module, string function)
    {
        byte[] old = [0x80, 2, .. Encoding.ASCII.GetBytes($"c{module}\n{function}\n"), .. Text("touch harm"), 0x85, (byte)'R', (byte)'.'];
        byte[] stacked = [0x80, 4, .. Text(module), .. Text(function), 0x93, .. Text("touch harm"), 0x85, (byte)'R', (byte)'.'];
        Assert.Contains($"{module}.{function}", Refusal(Archive(old, [])), StringComparison.Ordinal);
        Assert.Contains($"{module}.{function}", Refusal(Archive(stacked, [])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('i')] // INST
    [InlineData('o')] // OBJ
    [InlineData('\u0081')] // NEWOBJ
    [InlineData('\u0092')] // NEWOBJ_EX
    [InlineData('\u0082')] // EXT1
    [InlineData('\u0000')]
    public void An_opcode_that_no_state_dict_needs_is_an_error(char opcode) =>
        Assert.Contains($"0x{(int)opcode:X2}", Refusal(Archive([0x80, 2, (byte)opcode, (byte)'.'], [])), StringComparison.Ordinal);

    [Fact]
    public void A_compressed_entry_is_an_error_whatever_it_would_unpack_to()
    {
        byte[] bomb = Archive(Pickle(Tensor(50_000_000, [50_000_000], [1])), new byte[200_000_000], CompressionLevel.SmallestSize);
        Assert.True(bomb.Length < 1 << 20);
        Assert.Contains("is compressed", Refusal(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_larger_than_its_storage_is_an_error() =>
        Assert.Contains("of a storage with 6", Refusal(Archive(Pickle(Tensor(6, [3, 3], [3, 1])), new byte[24])), StringComparison.Ordinal);

    [Fact]
    public void A_stride_that_repeats_elements_to_any_size_is_an_error() =>
        Assert.Contains("of a storage with 6", Refusal(Archive(Pickle(Tensor(6, [10_000, 10_000], [0, 0])), new byte[24])), StringComparison.Ordinal);

    [Fact]
    public void A_negative_axis_is_an_error() =>
        Assert.Contains("no axis can be negative", Refusal(Archive(Pickle(Tensor(6, [-2, 3], [3, 1])), new byte[24])), StringComparison.Ordinal);

    [Fact]
    public void A_shape_of_more_elements_than_memory_holds_is_an_error() =>
        Assert.Contains("elements are not read", Refusal(Archive(Pickle(Tensor(6, [int.MaxValue, int.MaxValue], [1, 1])), new byte[24])), StringComparison.Ordinal);

    [Fact]
    public void A_storage_shorter_than_it_claims_is_an_error() =>
        Assert.Contains("take 24", Refusal(Archive(Sound, new byte[20])), StringComparison.Ordinal);

    [Fact]
    public void Lists_nested_by_the_ten_thousand_are_read_without_a_deep_stack()
    {
        byte[] nested = [0x80, 2, .. Enumerable.Repeat((byte)']', 20_000), .. Enumerable.Repeat((byte)'a', 19_999), (byte)'.'];
        Assert.Contains("no state dict", Refusal(Archive(nested, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickle_of_more_operations_than_any_state_dict_needs_is_an_error()
    {
        byte[] endless = [0x80, 2, .. Enumerable.Repeat((byte)']', 20_000_000)];
        Assert.Contains("operations", Refusal(Archive(endless, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_cut_anywhere_is_an_error()
    {
        byte[] whole = Archive(Sound, new byte[24]);
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<ImportException>(() => Read(whole[..length]));
    }

    [Fact]
    public void Damaged_pickles_are_read_or_refused_and_nothing_else() =>
        Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Byte, Gen.Int[0, Sound.Length - 1], Gen.Byte).Sample((first, one, second, two) =>
        {
            byte[] pickle = [.. Sound];
            pickle[first] = one;
            pickle[second] = two;
            try
            {
                _ = Read(Archive(pickle, new byte[24]));
            }
            catch (ImportException)
            {
                // A refusal is what most of them deserve.
            }
        });

    private static IReadOnlyList<(string Name, Tensor Values)> Read(byte[] archive)
    {
        using MemoryStream stream = new(archive);
        return TorchFile.Read(stream);
    }

    private static string Refusal(byte[] archive)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        ImportException exception = Assert.Throws<ImportException>(() => Read(archive));
        Assert.True(Stopwatch.GetElapsedTime(start) < Longest, $"The refusal took {Stopwatch.GetElapsedTime(start)}.");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes + (2 * archive.LongLength));
        return exception.Message;
    }

    private static byte[] Archive(byte[] pickle, byte[] storage, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("archive/data.pkl", pickle, CompressionLevel.NoCompression);
            Add("archive/data/0", storage, compression);

            void Add(string name, byte[] content, CompressionLevel level)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Pickle(byte[] tensor) => [0x80, 2, (byte)'}', .. Text("w"), .. tensor, (byte)'s', (byte)'.'];

    /// <summary>torch._utils._rebuild_tensor_v2(('storage', FloatStorage, '0', 'cpu', length), 0, shape, strides, False, {}).</summary>
    private static byte[] Tensor(int length, int[] shape, int[] strides) =>
    [
        .. "ctorch._utils\n_rebuild_tensor_v2\n(("u8, .. Text("storage"), .. "ctorch\nFloatStorage\n"u8, .. Text("0"), .. Text("cpu"), .. Integer(length), (byte)'t', (byte)'Q',
        .. Integer(0), (byte)'(', .. shape.SelectMany(Integer), (byte)'t', (byte)'(', .. strides.SelectMany(Integer), (byte)'t', 0x89, (byte)'}', (byte)'t', (byte)'R',
    ];

    private static byte[] Text(string text) => [(byte)'X', .. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Integer(int value) => [(byte)'J', .. BitConverter.GetBytes(value)];
}
