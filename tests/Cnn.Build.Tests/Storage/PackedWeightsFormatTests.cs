using Cnn.CompilerServices;

namespace Cnn.Build.Tests.Storage;

/// <summary>The resource of packed weights, whole, damaged, and of other versions.</summary>
public sealed class PackedWeightsFormatTests
{
    private const uint Fingerprint = 42;

    public static TheoryData<int> Storages => [(int)WeightStorage.Float32, (int)WeightStorage.BFloat16, (int)WeightStorage.Int8];

    [Theory]
    [MemberData(nameof(Storages))]
    public void What_is_written_is_read_as_the_storage_leaves_it(int storage)
    {
        using ConstantNorms.Predictor predictor = new ConstantNorms(3).CreatePredictor();
        byte[] file = Write(predictor.Weights, (WeightStorage)storage);
        float[] read = [.. Read(file, predictor.Weights.Length).All];
        predictor.Weights.Round((WeightStorage)storage);
        Assert.Equal(predictor.Weights.All.ToArray(), read);
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public void Every_beginning_and_every_changed_number_at_the_front_is_one_clear_exception_or_harmless(int storage)
    {
        using ConstantNorms.Predictor predictor = new ConstantNorms(3).CreatePredictor();
        byte[] file = Write(predictor.Weights, (WeightStorage)storage);
        for (int length = 0; length < file.Length; length += length < 400 ? 1 : 97)
            Assert.Throws<WeightsException>(() => Read(file[..length], predictor.Weights.Length));
        for (int place = 0; place < 400; place++)
        {
            byte[] changed = [.. file];
            changed[place] ^= 0x91;
            if (Record.Exception(() => Read(changed, predictor.Weights.Length)) is { } exception)
                Assert.IsType<WeightsException>(exception);
        }
    }

    private static byte[] Write(PackedWeights weights, WeightStorage storage)
    {
        using MemoryStream stream = new();
        PackedWeightsFormat.Write(stream, weights, Fingerprint, storage);
        return stream.ToArray();
    }

    private static PackedWeights Read(byte[] file, int floats)
    {
        using MemoryStream stream = new(file);
        return PackedWeightsFormat.Read(stream, "The resource", floats, Fingerprint);
    }
}
