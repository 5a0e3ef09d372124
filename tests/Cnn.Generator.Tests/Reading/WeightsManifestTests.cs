using Cnn.Generator.Model;

namespace Cnn.Generator.Tests.Reading;

public sealed class WeightsManifestTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        WeightsManifest manifest = new()
        {
            File = "my weights.safetensors",
            Damage = "it ends",
            Tensors =
            [
                new WeightsTensor("conv1.weight", "BF16", [8, 1, 3, 3]),
                new WeightsTensor("scale", "F32", []),
                new WeightsTensor("empty", "F32", [0]),
                new WeightsTensor("large", "F64", [long.MaxValue], WeightsFlaw.CutOff, "1 of its 8 bytes"),
                new WeightsTensor("steps", "I64", [2], WeightsFlaw.Type),
            ],
        };
        Assert.Equal(manifest, WeightsManifest.Parse(manifest.ToString()));
    }

    [Fact]
    public void Names_and_messages_of_a_hostile_file_cannot_make_lines_of_their_own()
    {
        WeightsManifest manifest = new()
        {
            File = "a\nfile b",
            Damage = "c\r\ntensor d F32 1",
            Tensors = [new WeightsTensor("e F32 1\ntensor f", "F32", [1], WeightsFlaw.NotFinite, "g\ndamage h"), new WeightsTensor("", "F32", [1])],
        };
        WeightsManifest read = WeightsManifest.Parse(manifest.ToString());
        Assert.Equal("a file b", read.File);
        Assert.Equal("c  tensor d F32 1", read.Damage);
        Assert.Equal(["e\\u0020F32\\u00201\\u000Atensor\\u0020f", "\\u0000"], read.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("g damage h", read.Tensors[0].Details);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tensor")]
    [InlineData("tensor conv1.weight")]
    [InlineData("tensor conv1.weight F32 1xx2")]
    [InlineData("tensor conv1.weight F32 -1")]
    [InlineData("tensor conv1.weight F32 99999999999999999999")]
    [InlineData("tensor conv1.weight F32 1 Unheard of")]
    [InlineData("another version of this says more")]
    public void A_line_that_is_not_understood_is_passed_over(string line) =>
        Assert.Equal(new WeightsManifest { File = "a", Tensors = [new WeightsTensor("b", "F32", [2])] },
            WeightsManifest.Parse($"file a\n{line}\ntensor b F32 2"));
}
