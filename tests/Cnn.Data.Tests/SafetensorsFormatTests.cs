using System.Diagnostics;
using System.Text;

namespace Cnn.Data.Tests;

public sealed class SafetensorsFormatTests
{
    // What safetensors.numpy.save({"attn0": np.arange(6, dtype=np.float32).reshape(1, 1, 2, 3)}) gives: also a literal of the reference
    // implementation's own tests.
    private static readonly byte[] WrittenByPython =
    [
        72, 0, 0, 0, 0, 0, 0, 0,
        .. """{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}"""u8,
        32, 32, 32, 32, 32, 32, 32,
        0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64, 0, 0, 160, 64,
    ];

    [Fact]
    public void What_is_written_is_what_the_Python_library_writes_byte_for_byte()
    {
        var file = new TensorFile();
        file.Add("attn0", [1, 1, 2, 3], [0f, 1f, 2f, 3f, 4f, 5f]);
        Assert.Equal(WrittenByPython, file.Written());
    }

    [Fact]
    public void What_the_Python_library_writes_is_read()
    {
        TensorFile file = TensorFile.Read(new MemoryStream(WrittenByPython));
        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], file.Reals("attn0", 1, 1, 2, 3));
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void Metadata_alone_is_what_the_Python_library_writes_byte_for_byte()
    {
        var file = new TensorFile { Metadata = { ["framework"] = "pt" } };
        Assert.Equal([40, 0, 0, 0, 0, 0, 0, 0, .. """{"__metadata__":{"framework":"pt"}}     """u8], file.Written());
        Assert.Equal([8, 0, 0, 0, 0, 0, 0, 0, .. "{}      "u8], new TensorFile().Written());
    }

    [Fact]
    public void A_round_trip_keeps_tensors_shapes_integers_and_metadata()
    {
        var file = new TensorFile { Metadata = { ["optimizer"] = "adam \"beta1\"=0.9", ["größe"] = "日本" } };
        file.Add("empty", [0, 3], Array.Empty<float>());
        file.Add("scalar", [], [-0.1f]);
        file.Add("weights \\ \"quoted\" ä", [3], [float.Epsilon, float.MaxValue, -0f]);
        file.Add("steps", [2], [long.MinValue, long.MaxValue]);

        foreach (Stream stream in new Stream[] { new MemoryStream(file.Written()), new ForwardOnlyStream(file.Written()) })
        {
            TensorFile read = TensorFile.Read(stream);
            Assert.Equal(file.Metadata, read.Metadata);
            Assert.Equal(4, read.Tensors.Count);
            Assert.Empty(read.Reals("empty", 0, 3));
            Assert.Equal([-0.1f], read.Reals("scalar"));
            Assert.Equal([float.Epsilon, float.MaxValue, -0f], read.Reals("weights \\ \"quoted\" ä", 3));
            Assert.Equal([long.MinValue, long.MaxValue], read.Integers("steps", 2));
        }
    }

    [Fact]
    public void A_tensor_larger_than_any_buffer_survives_a_stream_of_unknown_length()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 300_001).Select(_ => random.NextSingle())];
        var file = new TensorFile();
        file.Add("first", [1], [1f]);
        file.Add("large", [300_001], values);
        file.Add("last", [1], [2f]);

        TensorFile read = TensorFile.Read(new ForwardOnlyStream(file.Written(), mostAtOnce: 10_007));

        Assert.Equal(values, read.Reals("large", 300_001));
        Assert.Equal([2f], read.Reals("last", 1));
    }

    [Fact]
    public void Integers_come_first_and_data_begins_at_a_multiple_of_eight()
    {
        var file = new TensorFile();
        file.Add("odd", [1], [1f]);
        file.Add("steps", [1], [7L]);

        var reader = new SafetensorsReader(new MemoryStream(file.Written()), "The stream");

        Assert.Equal(["steps", "odd"], reader.Entries.Select(entry => entry.Name));
        Assert.Equal([0, 8], reader.Entries.Select(entry => entry.Begin));
        Assert.Equal(0, (file.Written().Length - 12) % 8);
    }

    [Fact]
    public void Other_types_of_numbers_are_converted()
    {
        byte[] data =
        [
            .. BitConverter.GetBytes(0.1), .. BitConverter.GetBytes(1UL << 62), .. BitConverter.GetBytes(-5),
            .. BitConverter.GetBytes((Half)1.5), .. (byte[])[0xC0, 0x3F], // BF16 1.5 is the upper half of the float 0x3FC00000.
        ];
        byte[] bytes = Bytes.Safetensors(
            """
            {"f64":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"u64":{"dtype":"U64","shape":[1],"data_offsets":[8,16]},
            "i32":{"dtype":"I32","shape":[1],"data_offsets":[16,20]},"f16":{"dtype":"F16","shape":[1],"data_offsets":[20,22]},
            "bf16":{"dtype":"BF16","shape":[1],"data_offsets":[22,24]}}
            """u8.ToArray(),
            data);

        TensorFile file = TensorFile.Read(new MemoryStream(bytes));

        Assert.Equal([0.1f], file.Reals("f64", 1));
        Assert.Equal([1L << 62], file.Integers("u64", 1));
        Assert.Equal([-5L], file.Integers("i32", 1));
        Assert.Equal([1.5f], file.Reals("f16", 1));
        Assert.Equal([1.5f], file.Reals("bf16", 1));
    }

    [Fact]
    public void Tensors_may_be_listed_in_any_order_and_keys_of_later_versions_are_passed_over()
    {
        byte[] bytes = Bytes.Safetensors(
            """{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8],"later":{"deep":[[1]]}},"a":{"data_offsets":[0,4],"shape":[1],"dtype":"F32"}}""", 1, 2);

        TensorFile file = TensorFile.Read(new MemoryStream(bytes));

        Assert.Equal([1f], file.Reals("a", 1));
        Assert.Equal([2f], file.Reals("b", 1));
    }

    [Fact]
    public void A_stream_is_read_from_where_it_stands_and_left_open()
    {
        var stream = new MemoryStream([9, 9, 9, .. WrittenByPython]) { Position = 3 };
        TensorFile.Read(stream);
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void Names_that_are_taken_or_reserved_are_refused()
    {
        var file = new TensorFile();
        file.Add("a", [1], [1f]);
        Assert.Contains("'a' already", Assert.Throws<ArgumentException>(() => file.Add("a", [1], [1f])).Message, StringComparison.Ordinal);
        Assert.Contains("reserved", Assert.Throws<ArgumentException>(() => file.Add("__metadata__", [1], [1f])).Message, StringComparison.Ordinal);
        Assert.Contains("[2, 3] needs 6 elements, not 5",
            Assert.Throws<ArgumentException>(() => file.Add("b", [2, 3], new float[5])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Asking_for_what_a_file_does_not_hold_tells_what_it_holds()
    {
        TensorFile file = TensorFile.Read(new MemoryStream(WrittenByPython));
        Assert.Contains("'step' [1] is missing", Assert.Throws<WeightsException>(() => file.Integers("step", 1)).Message, StringComparison.Ordinal);
        Assert.Contains("shape [1, 1, 2, 3]; [6] is needed", Assert.Throws<WeightsException>(() => file.Reals("attn0", 6)).Message, StringComparison.Ordinal);
        Assert.Contains("integers are needed", Assert.Throws<WeightsException>(() => file.Integers("attn0", 1, 1, 2, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Python_library_reads_what_is_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("network.safetensors");
        WeightsFile.Save(SmallNetwork.Create(), path);
        const string Script = """
            import sys
            try:
                import numpy
                from safetensors.numpy import load_file
            except ImportError:
                print("absent")
                sys.exit(0)
            tensors = load_file(sys.argv[1])
            print(";".join(f"{name} {list(tensor.shape)} {float(tensor.sum())}" for name, tensor in sorted(tensors.items())))
            """;

        string? output = RunPython(Script, path);

        if (output is null or "absent")
            Assert.Skip("python3 with the packages safetensors and numpy is not installed.");
        Assert.Equal(
            "batchnorm1.running_var [2] 10.75;conv1.bias [2] 9.75;conv1.weight [2, 1, 3, 3] 42.75;linear1.weight [3, 2] 38.25",
            output);
    }

    private static string? RunPython(string script, string argument)
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", script, argument])
            {
                RedirectStandardOutput = true,
                StandardOutputEncoding = Encoding.UTF8,
            })!;
            string output = python.StandardOutput.ReadToEnd().Trim();
            python.WaitForExit();
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
