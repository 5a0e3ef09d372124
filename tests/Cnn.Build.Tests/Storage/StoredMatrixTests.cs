namespace Cnn.Build.Tests.Storage;

/// <summary>Weights in fewer bits, and back.</summary>
public sealed class StoredMatrixTests
{
    private const int Rows = 37;
    private const int Lanes = 8;

    [Fact]
    public void Int8_leaves_each_weight_within_half_a_step_of_its_channel()
    {
        float[] values = Random(lane => MathF.Pow(10, lane - 4));
        float[] back = RoundTrip(values, WeightStorage.Int8, expectedBytes: (Rows * Lanes) + (Lanes * 4));
        for (int lane = 0; lane < Lanes; lane++)
        {
            float[] channel = [.. Enumerable.Range(0, Rows).Select(row => values[(row * Lanes) + lane])];
            double step = channel.Max(Math.Abs) / 127.0;
            for (int row = 0; row < Rows; row++)
                Assert.InRange(Math.Abs((double)back[(row * Lanes) + lane] - channel[row]), 0, step * 0.500001);
        }
    }

    [Fact]
    public void Int8_keeps_the_largest_weight_of_a_channel_and_zeros()
    {
        float[] values = new float[2 * Lanes];
        (values[0], values[1], values[Lanes + 1]) = (-3, 0.1f, 127);
        float[] back = RoundTrip(values, WeightStorage.Int8, expectedBytes: (2 * Lanes) + (Lanes * 4));
        Assert.Equal(-3, back[0], tolerance: 1e-6);
        Assert.Equal([0, 127], [back[1], back[Lanes + 1]]);
        Assert.All(back.Skip(2).Take(Lanes - 1), value => Assert.Equal(0, value));
    }

    [Fact]
    public void BFloat16_leaves_8_significant_bits()
    {
        float[] values = Random(lane => MathF.Pow(10, (lane * 8) - 32));
        float[] back = RoundTrip(values, WeightStorage.BFloat16, expectedBytes: Rows * Lanes * 2);
        for (int index = 0; index < values.Length; index++)
            Assert.InRange(Math.Abs((double)back[index] - values[index]), 0, Math.Abs(values[index]) / 256.0);
    }

    [Theory]
    [InlineData(0x3F80_0000u, 0x3F80)]
    [InlineData(0x3F80_7FFFu, 0x3F80)]
    [InlineData(0x3F80_8000u, 0x3F80)]
    [InlineData(0x3F80_8001u, 0x3F81)]
    [InlineData(0x3F81_8000u, 0x3F82)]
    [InlineData(0xBF81_8000u, 0xBF82)]
    [InlineData(0x8000_0000u, 0x8000)]
    [InlineData(0x7F7F_FFFFu, 0x7F7F)]
    [InlineData(0xFF7F_FFFFu, 0xFF7F)]
    public void BFloat16_rounds_to_the_nearest_and_ties_to_even(uint bits, int expected) =>
        Assert.Equal(expected, BFloat16Bits.Nearest(BitConverter.UInt32BitsToSingle(bits)));

    [Fact]
    public void Float32_changes_nothing()
    {
        float[] values = Random(_ => 1);
        Assert.Equal(values, RoundTrip(values, WeightStorage.Float32, expectedBytes: Rows * Lanes * 4));
    }

    [Theory]
    [InlineData("float32", true)]
    [InlineData("bfloat16", true)]
    [InlineData("int8", true)]
    [InlineData("Int8", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    public void Storages_are_known_by_three_names(string name, bool isKnown) => Assert.Equal(isKnown, WeightStorageNames.TryParse(name, out _));

    private static float[] Random(Func<int, float> size)
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, Rows * Lanes).Select(index => (random.NextSingle() - 0.5f) * size(index % Lanes))];
    }

    private static float[] RoundTrip(float[] values, WeightStorage storage, int expectedBytes)
    {
        byte[] bytes = new byte[StoredMatrix.Bytes(values.Length, Lanes, storage)];
        Assert.Equal(expectedBytes, bytes.Length);
        StoredMatrix.Write(values, Lanes, storage, bytes);
        float[] back = new float[values.Length];
        StoredMatrix.Read(bytes, Lanes, storage, back);
        return back;
    }
}
