using System.IO.Compression;
using System.Text;
using Cnn.Tool.Importing;
using Cnn.Tool.Weights.PyTorch;

namespace Cnn.Onnx.Tests.Hostile;

/// <summary>Archives as torch.save writes them, with pickles that were made to do harm: one clear error, and nothing is run.</summary>
[Collection(TimedTests.Name)]
public sealed class HostileStateDictTests
{
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
        Assert.Contains($"{module}.{function}", Refused(Archive(old, [])), StringComparison.Ordinal);
        Assert.Contains($"{module}.{function}", Refused(Archive(stacked, [])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('i')] // INST
    [InlineData('o')] // OBJ
    [InlineData('\u0082')] // EXT1
    [InlineData('\u0000')]
    public void An_opcode_that_no_state_dict_needs_is_an_error(char opcode) =>
        Assert.Contains($"0x{(int)opcode:X2}", Refused(Archive([0x80, 2, (byte)opcode, (byte)'.'], [])), StringComparison.Ordinal);

    [Fact]
    public void A_compressed_entry_is_an_error_whatever_it_would_unpack_to()
    {
        byte[] bomb = Archive(Pickle(Tensor(50_000_000, [50_000_000], [1])), new byte[200_000_000], CompressionLevel.SmallestSize);
        Assert.True(bomb.Length < 1 << 20);
        Assert.Contains("is compressed", Refused(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_larger_than_its_storage_is_an_error() =>
        Assert.Contains("of a storage with 6", Refused(Archive(Pickle(Tensor(6, [3, 3], [3, 1])), new byte[24])), StringComparison.Ordinal);

    [Fact]
    public void A_stride_that_repeats_elements_to_any_size_is_an_error() =>
        Assert.Contains("of a storage with 6", Refused(Archive(Pickle(Tensor(6, [10_000, 10_000], [0, 0])), new byte[24])), StringComparison.Ordinal);

    [Fact]
    public void A_negative_axis_is_an_error() =>
        Assert.Contains("no axis can be negative", Refused(Archive(Pickle(Tensor(6, [-2, 3], [3, 1])), new byte[24])), StringComparison.Ordinal);

    [Fact]
    public void A_shape_of_more_elements_than_memory_holds_is_an_error() =>
        Assert.Contains("elements are not read",
            Refused(Archive(Pickle(Tensor(6, [int.MaxValue, int.MaxValue], [1, 1])), new byte[24])), StringComparison.Ordinal);

    [Fact]
    public void A_storage_shorter_than_it_claims_is_an_error() =>
        Assert.Contains("take 24", Refused(Archive(Sound, new byte[20])), StringComparison.Ordinal);

    [Fact]
    public void Lists_nested_by_the_ten_thousand_are_read_without_a_deep_stack()
    {
        byte[] nested = [0x80, 2, .. Enumerable.Repeat((byte)']', 20_000), .. Enumerable.Repeat((byte)'a', 19_999), (byte)'.'];
        Assert.Contains("no state dict", Refused(Archive(nested, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickle_of_more_operations_than_any_state_dict_needs_is_an_error()
    {
        byte[] endless = [0x80, 2, .. Enumerable.Repeat((byte)']', 20_000_000)];
        Assert.Contains("operations", Refused(Archive(endless, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_cut_anywhere_is_an_error()
    {
        byte[] whole = Archive(Sound, new byte[24]);
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<ImportException>(() => Read(whole[..length]));
    }

    [Fact]
    public void A_storage_whose_length_overflows_is_an_error()
    {
        // 2^62 + 6 elements of 4 bytes are 24 bytes in 64 bits.
        byte[] length = [0x8A, 8, .. BitConverter.GetBytes((1L << 62) + 6)];
        Assert.Contains("elements of FloatStorage take",
            Refused(Archive(Pickle(Tensor(length, [2, 3], [3, 1], Integer(0))), new byte[24])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_offset_that_overflows_is_an_error()
    {
        byte[] offset = [0x8A, 8, .. BitConverter.GetBytes(long.MaxValue)];
        Assert.Contains("which is no view", Refused(Archive(Pickle(Tensor(Integer(6), [2, 3], [3, 1], offset)), new byte[24])), StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_show_one_storage_again_and_again_are_an_error()
    {
        byte[] tensor = Tensor(250_000, [250_000], [1]);
        byte[] pickle = [0x80, 2, (byte)'}', .. Enumerable.Range(0, 1_000)
            .SelectMany(index => (byte[])[.. Text($"w{index}"), .. tensor, (byte)'s']), (byte)'.'];
        Assert.Contains("views of each", Refused(Archive(pickle, new byte[1_000_000])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dictionary_that_contains_itself_is_an_error()
    {
        byte[] pickle = [0x80, 2, (byte)'}', (byte)'q', 0, .. Text("model"), (byte)'h', 0, (byte)'s', (byte)'.'];
        Assert.Contains("nested", Refused(Archive(pickle, [])), StringComparison.Ordinal);
    }

    /// <summary>Ten dictionaries, each of which has the next one ten thousand times.</summary>
    [Fact]
    public void A_pickle_of_few_bytes_and_endless_parts_is_an_error()
    {
        List<byte> pickle = [0x80, 2, (byte)'}', (byte)'q', 0];
        for (byte level = 1; level <= 10; level++)
        {
            pickle.AddRange([(byte)'}', (byte)'q', level, (byte)'(']);
            for (int index = 0; index < 10_000; index++)
                pickle.AddRange([.. Text($"k{index}"), (byte)'h', (byte)(level - 1)]);
            pickle.Add((byte)'u');
        }

        pickle.Add((byte)'.');
        Assert.Contains("parts", Refused(Archive([.. pickle], [])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_file_cut_anywhere_is_an_error()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Weights", "Torch", "legacy.pt"));
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<ImportException>(() => Read(whole[..length]));
    }

    [Theory]
    [InlineData("legacy_checkpoint")]
    [InlineData("types")]
    [InlineData("module")]
    [InlineData("timm")]
    public void Damaged_checkpoints_are_read_or_refused_and_nothing_else(string name)
    {
        byte[] sound = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Weights", "Torch", name + ".pt"));
        Fuzzing.Run<byte[], ImportException>(random => Fuzzing.Mutated(sound, random), file => Read(file));
    }

    [Fact]
    public void Damaged_pickles_are_read_or_refused_and_nothing_else() =>
        Fuzzing.Run<byte[], ImportException>(random => Archive(Fuzzing.Mutated(Sound, random), new byte[24]), archive => Read(archive));

    [Fact]
    public void Damaged_archives_are_read_or_refused_and_nothing_else()
    {
        byte[] sound = Archive(Sound, new byte[24]);
        Fuzzing.Run<byte[], ImportException>(random => Fuzzing.Mutated(sound, random), archive => Read(archive));
    }

    private static IReadOnlyList<(string Name, Tensor Values)> Read(byte[] archive)
    {
        using MemoryStream stream = new(archive);
        return TorchFile.Read(stream);
    }

    private static string Refused(byte[] archive) => Refusal.Of(() => Read(archive), archive.LongLength);

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
    private static byte[] Tensor(int length, int[] shape, int[] strides) => Tensor(Integer(length), shape, strides, Integer(0));

    private static byte[] Tensor(byte[] length, int[] shape, int[] strides, byte[] offset) =>
    [
        .. "ctorch._utils\n_rebuild_tensor_v2\n(("u8, .. Text("storage"), .. "ctorch\nFloatStorage\n"u8, .. Text("0"), .. Text("cpu"),
        .. length, (byte)'t', (byte)'Q',
        .. offset, (byte)'(', .. shape.SelectMany(Integer), (byte)'t', (byte)'(', .. strides.SelectMany(Integer), (byte)'t', 0x89,
        (byte)'}', (byte)'t', (byte)'R',
    ];

    private static byte[] Text(string text) => [(byte)'X', .. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Integer(int value) => [(byte)'J', .. BitConverter.GetBytes(value)];
}
