using System.Buffers.Binary;
using System.Text;
using Cnn.Generator.Model;

namespace Cnn.Build.Tests;

/// <summary>What the build tells the compiler about weights files that are whole, damaged or not there.</summary>
public sealed class ManifestBuilderTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_whole_file_is_listed()
    {
        Write(file =>
        {
            file.Add("conv1.weight", [2, 1, 1], [1f, 2f]);
            file.Add("batchnorm1.num_batches_tracked", [], [7L]);
            file.Add("steps", [1], [7L]);
        });
        Assert.Equal([new WeightsTensor("steps", "I64", [1], WeightsFlaw.Type), new WeightsTensor("conv1.weight", "F32", [2, 1, 1])], Describe().Tensors);
        Assert.Equal("", Describe().Damage);
        Assert.Equal(Path.GetFileName(_path), Describe().File);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_value_that_is_not_finite_is_told_with_its_place(float value, string text)
    {
        Write(file => file.Add("conv1.bias", [3], [1, value, value]));
        WeightsTensor tensor = Assert.Single(Describe().Tensors);
        Assert.Equal((WeightsFlaw.NotFinite, $"2 of 3, the first at element 1, {text}"), (tensor.Flaw, tensor.Details));
    }

    [Fact]
    public void A_file_that_ends_early_says_which_tensors_are_cut_off()
    {
        Write(file =>
        {
            file.Add("first", [2], [1f, 2f]);
            file.Add("second", [2], [3f, 4f]);
            file.Add("third", [2], [5f, 6f]);
        });
        byte[] whole = File.ReadAllBytes(_path);
        File.WriteAllBytes(_path, whole[..^12]);
        Assert.Equal(
            [
                new WeightsTensor("first", "F32", [2]),
                new WeightsTensor("second", "F32", [2], WeightsFlaw.CutOff, "4 of its 8 bytes"),
                new WeightsTensor("third", "F32", [2], WeightsFlaw.CutOff, "0 of its 8 bytes"),
            ],
            Describe().Tensors);
        Assert.Equal("", Describe().Damage);
    }

    [Fact]
    public void Every_beginning_of_a_file_ends_in_one_manifest()
    {
        Write(file => file.Add("conv1.bias", [3], [1f, 2f, 3f]));
        byte[] whole = File.ReadAllBytes(_path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);
            WeightsManifest manifest = Describe();
            Assert.True(manifest.Damage.Length > 0 || manifest.Tensors.Any(tensor => tensor.Flaw == WeightsFlaw.CutOff),
                $"{length} bytes were taken for a whole file.");
        }
    }

    [Fact]
    public void Any_file_ends_in_one_manifest_that_says_the_same_after_it_was_written()
    {
        Write(file =>
        {
            file.Add("conv1.weight", [2, 1, 1], [1f, 2f]);
            file.Add("steps", [1], [7L]);
        });
        byte[] whole = File.ReadAllBytes(_path);
        Random random = new(11);
        for (int round = 0; round < 2000; round++)
        {
            byte[] mutated = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(_path, mutated);
            WeightsManifest manifest = Describe();
            Assert.Equal(manifest, WeightsManifest.Parse(manifest.ToString()));
        }
    }

    [Fact]
    public void A_file_that_claims_more_than_it_has_costs_no_more_than_it_has()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"a":{"dtype":"F32","shape":[1152921504606846976],"data_offsets":[0,4611686018427387904]}}""");
        byte[] file = new byte[8 + header.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        File.WriteAllBytes(_path, file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        WeightsTensor tensor = Assert.Single(Describe().Tensors);
        Assert.Equal((WeightsFlaw.CutOff, "0 of its 4611686018427387904 bytes"), (tensor.Flaw, tensor.Details));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 21);
    }

    [Fact]
    public void Bytes_behind_the_last_tensor_are_damage()
    {
        Write(file => file.Add("conv1.bias", [1], [1f]));
        File.AppendAllText(_path, "more");
        Assert.Contains("more bytes follow", Describe().Damage, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_weights_file_is_damage()
    {
        File.WriteAllText(_path, "PK this is a zip archive, as torch.save makes them");
        Assert.Contains("is not a whole safetensors file", Describe().Damage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_damage_that_says_what_to_do() =>
        Assert.Equal($"there is no file '{_path}'; put it there, or mend the Include of <CnnWeights>", Describe().Damage);

    private WeightsManifest Describe() => WeightsManifest.Parse(ManifestBuilder.Describe(_path).ToString());

    private void Write(Action<TensorFile> fill)
    {
        TensorFile file = new();
        fill(file);
        file.Write(_path);
    }
}
