using System.Text;

namespace Cnn.Data.Tests;

public sealed class DamagedSafetensorsTests
{
    private const string Entry = """{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""";

    private static readonly byte[] Whole = Bytes.Safetensors($$"""{"a":{{Entry}},"b":{"dtype":"F32","shape":[1,1],"data_offsets":[8,12]} }""", 1, 2, 3);

    public static TheoryData<string, byte[], string> Damages { get; } = new()
    {
        { "empty file", [], "has 0 bytes" },
        { "half a length", [1, 0, 0], "has 3 bytes" },
        { "header of 10 GB", [0, 0xE4, 0x0B, 0x54, 2, 0, 0, 0, (byte)'{', (byte)'}'], "claims 10000000000 bytes, and at most 100000000 are allowed" },
        { "header length above 2^63", [255, 255, 255, 255, 255, 255, 255, 255, (byte)'{'], "claims 18446744073709551615 bytes" },
        { "header longer than the file", [50, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}'], "claims 50 bytes, and 2 follow" },
        { "header of 99 MB in a small file", [0xC0, 0x9E, 0xE6, 5, 0, 0, 0, 0, (byte)'{', (byte)'}'], "claims 99000000 bytes, and 2 follow" },
        { "header of no bytes", new byte[8], "does not begin with '{'" },
        { "header that is a list", Of("[]"), "does not begin with '{'" },
        { "header after a blank", Of(" {}"), "does not begin with '{'" },
        { "header cut short", Of("""{"a":{"dtype":"""), "not valid JSON" },
        { "two objects", Of("{}{}"), "not valid JSON" },
        { "trailing comma", Of("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},}"""), "not valid JSON" },
        { "invalid UTF-8", Bytes.Safetensors([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'0', (byte)'}'], []), "not valid UTF-8" },
        { "half a surrogate pair", Of("""{"\ud800":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"""), "escape that is no character" },
        { "deep nesting", Of($$"""{"a":{"x":{{new string('[', 100_000)}}"""), "not valid JSON" },
        { "duplicate tensor", Of($$"""{"a":{{Entry}},"a":{{Entry}}}""", 1, 2), "has 'a' twice" },
        { "duplicate tensor, spelt otherwise", Of($$"""{"a":{{Entry}},"\u0061":{{Entry}}}""", 1, 2), "has 'a' twice" },
        { "duplicate key", Of("""{"a":{"dtype":"F32","dtype":"F32","shape":[0],"data_offsets":[0,0]}}"""), "'a' has 'dtype' twice" },
        { "duplicate metadata", Of("""{"__metadata__":{"x":"1","x":"2"}}"""), "'__metadata__' has 'x' twice" },
        { "metadata that is a list", Of("""{"__metadata__":["x"]}"""), "not a map from text to text" },
        { "metadata with a number", Of("""{"__metadata__":{"x":1}}"""), "a value for 'x' that is not text" },
        { "tensor that is a number", Of("""{"a":1}"""), "'a' is not described by an object" },
        { "no dtype", Of("""{"a":{"shape":[0],"data_offsets":[0,0]}}"""), "'a' has no dtype" },
        { "no shape", Of("""{"a":{"dtype":"F32","data_offsets":[0,0]}}"""), "'a' has no shape" },
        { "no offsets", Of("""{"a":{"dtype":"F32","shape":[0]}}"""), "'a' has no data_offsets" },
        { "unknown dtype", Of("""{"a":{"dtype":"F31","shape":[0],"data_offsets":[0,0]}}"""), "'a' has the dtype 'F31', which is not known" },
        { "dtype that is a number", Of("""{"a":{"dtype":32,"shape":[0],"data_offsets":[0,0]}}"""), "dtype that is not text" },
        { "shape that is a number", Of("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 1, 2), "shape that is not a list" },
        { "shape with a fraction", Of("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 1, 2), "not a 64-bit integer" },
        { "negative axis", Of("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 1, 2), "shape with the negative number -2" },
        { "negative offset", Of("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 1, 2), "data_offsets with the negative number -8" },
        { "offset above 2^63", Of("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775808]}}""", 1, 2), "not a 64-bit integer" },
        { "three offsets", Of("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", 1, 2), "3 data_offsets where 2 are needed" },
        { "end before begin", Of("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 1, 2), "ends at byte 0, before its begin at 8" },
        { "shape too large for its bytes", Of("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 1, 2),
            "takes 8 bytes in the file, but F32 [3] needs 12" },
        { "shape that overflows", Of("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"""),
            "[4294967296, 4294967296], which is too large" },
        { "overlapping tensors", Of($$"""{"a":{{Entry}},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]} }""", 1, 2),
            "'b' begins at byte 4 and overlaps 'a', which ends at 8" },
        { "hole at the start", Of("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 1, 2),
            "'a' begins at byte 4 and leaves a hole after the header" },
        { "hole between tensors", Of($$"""{"a":{{Entry}},"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]} }""", 1, 2, 3, 4), "leaves a hole after 'a'" },
        { "bytes that belong to nobody", [.. Whole, 0], "12 bytes" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_is_one_exception_that_tells_what_was_found(string damage, byte[] file, string expected)
    {
        foreach (Stream stream in new Stream[] { new MemoryStream(file), new ForwardOnlyStream(file) })
        {
            var exception = Assert.Throws<WeightsException>(() => TensorFile.Read(stream));
            Assert.True(exception.Message.Contains(expected, StringComparison.Ordinal), $"{damage}: {exception.Message}");
            Assert.StartsWith("The stream is not a whole safetensors file: ", exception.Message, StringComparison.Ordinal);
            Assert.Throws<WeightsException>(() => WeightsFile.Load(SmallNetwork.Create(), new MemoryStream(file)));
        }
    }

    [Fact]
    public void A_truncated_file_is_one_clear_exception_wherever_it_was_cut()
    {
        for (int length = 0; length < Whole.Length; length++)
        {
            Assert.Throws<WeightsException>(() => TensorFile.Read(new MemoryStream(Whole.Cut(length))));
            Assert.Throws<WeightsException>(() => TensorFile.Read(new ForwardOnlyStream(Whole.Cut(length))));
        }

        Assert.Equal([1f, 2f], TensorFile.Read(new MemoryStream(Whole)).Reals("a", 2));
    }

    [Fact]
    public void The_exception_for_missing_data_tells_how_much_is_missing()
    {
        byte[] cut = Whole.Cut(Whole.Length - 1);
        Assert.Contains("need 12 bytes, and 11 follow",
            Assert.Throws<WeightsException>(() => TensorFile.Read(new MemoryStream(cut))).Message, StringComparison.Ordinal);
        Assert.Contains("ends inside tensor 'b'",
            Assert.Throws<WeightsException>(() => TensorFile.Read(new ForwardOnlyStream(cut))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("lenet.safetensors");
        File.WriteAllBytes(path, Whole.Cut(20));
        Assert.StartsWith($"'{path}' is not a whole safetensors file",
            Assert.Throws<WeightsException>(() => TensorFile.Read(path)).Message, StringComparison.Ordinal);
        Assert.StartsWith($"'{path}' is not",
            Assert.Throws<WeightsException>(() => WeightsFile.Load(SmallNetwork.Create(), path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Values_that_are_not_finite_are_refused(float value, string text)
    {
        byte[] file = Bytes.Safetensors($$"""{"a":{{Entry}}}""", 1, value);
        var exception = Assert.Throws<WeightsException>(() => TensorFile.Read(new MemoryStream(file)));
        Assert.Contains($"'a' [2] has values that are not finite: 1 of 2, the first at element 1, {text}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_that_cannot_be_read_are_all_named()
    {
        byte[] file = Bytes.Safetensors(
            """{"a":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"I8","shape":[1],"data_offsets":[3,4]}}""", 0);
        foreach (Stream stream in new Stream[] { new MemoryStream(file), new ForwardOnlyStream(file) })
        {
            string message = Assert.Throws<WeightsException>(() => TensorFile.Read(stream)).Message;
            Assert.Contains("'a' is of type BOOL", message, StringComparison.Ordinal);
            Assert.Contains("'b' is of type I8", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_unsigned_integer_that_fits_no_signed_one_is_refused()
    {
        byte[] file = Bytes.Safetensors(
            Encoding.UTF8.GetBytes("""{"seed":{"dtype":"U64","shape":[1],"data_offsets":[0,8]}}"""), BitConverter.GetBytes(1UL << 63));
        string message = Assert.Throws<WeightsException>(() => TensorFile.Read(new MemoryStream(file))).Message;
        Assert.Contains("'seed' has a number above 9223372036854775807", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_of_eight_gigabytes_costs_no_memory()
    {
        byte[] file = Bytes.Safetensors("""{"a":{"dtype":"F32","shape":[2000000000],"data_offsets":[0,8000000000]}}""", 1, 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<WeightsException>(() => TensorFile.Read(new MemoryStream(file)));
        Assert.Throws<WeightsException>(() => TensorFile.Read(new ForwardOnlyStream(file)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    private static byte[] Of(string header, params float[] values) => Bytes.Safetensors(header, values);
}
