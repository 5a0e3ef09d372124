namespace Cnn.Data.Tests;

/// <summary>Weights files in fewer bits.</summary>
public sealed class StoredWeightsTests
{
    [Theory]
    [InlineData("BFloat16", 1.0 / 256)]
    [InlineData("Int8", 1.0 / 254)]
    public void Weights_are_rounded_and_vectors_are_not(string storage, double tolerance)
    {
        TensorFile file = new();
        float[] weight = Numbers(4 * 30);
        float[] bias = Numbers(4);
        file.Add("conv1.weight", [4, 30], weight);
        file.Add("conv1.bias", [4], bias);
        file.Add("steps", [1], [7L]);

        TensorFile read = TensorFile.Read(new MemoryStream(file.StoredAs(Enum.Parse<WeightStorage>(storage)).Written()));

        Assert.Equal(["conv1.bias", "conv1.weight", "steps"], read.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        Assert.Equal(bias, read.Reals("conv1.bias", 4));
        Assert.Equal([7L], read.Integers("steps", 1));
        float[] rounded = read.Reals("conv1.weight", 4, 30);
        Assert.NotEqual(weight, rounded);
        for (int row = 0; row < 4; row++)
        {
            float largest = weight.AsSpan(row * 30, 30).ToArray().Max(Math.Abs);
            for (int index = row * 30; index < (row + 1) * 30; index++)
                Assert.InRange(Math.Abs(rounded[index] - weight[index]), 0, largest * tolerance);
        }
    }

    [Theory]
    [InlineData("BFloat16", 0.51)]
    [InlineData("Int8", 0.26)]
    public void A_file_is_a_half_or_a_quarter_as_large(string storage, double share)
    {
        TensorFile file = new();
        file.Add("linear1.weight", [100, 1000], Numbers(100_000));
        Assert.InRange(file.StoredAs(Enum.Parse<WeightStorage>(storage)).Written().Length / (double)file.Written().Length, share - 0.02, share);
    }

    [Fact]
    public void A_network_loads_weights_in_whole_numbers_from_a_stream_of_any_kind()
    {
        ParameterSet saved = SmallNetwork.Create(first: -0.1f);
        byte[] small = TensorFile.Read(new MemoryStream(SmallNetwork.Saved(saved))).StoredAs(WeightStorage.Int8).Written();
        foreach (Stream stream in new Stream[] { new MemoryStream(small), new ForwardOnlyStream(small) })
        {
            ParameterSet loaded = SmallNetwork.Create(first: 7);
            WeightsFile.Load(loaded, stream);
            Assert.Equal(saved["conv1.bias"].Values.ToArray(), loaded["conv1.bias"].Values.ToArray());
            float largest = saved["conv1.weight"].Values.ToArray().Max(Math.Abs);
            Assert.All(saved["conv1.weight"].Values.ToArray().Zip(loaded["conv1.weight"].Values.ToArray()),
                pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, largest / 254 * 1.001f));
        }
    }

    [Fact]
    public void Rows_of_zeros_and_of_one_number_are_exact()
    {
        TensorFile file = new();
        file.Add("w", [3, 2], [0, 0, -127, 127, 2.54f, 0]);
        Assert.Equal([0, 0, -127, 127, 2.54f, 0], TensorFile.Read(new MemoryStream(file.StoredAs(WeightStorage.Int8).Written())).Reals("w", 3, 2));
    }

    [Fact]
    public void Factors_may_stand_behind_the_whole_numbers()
    {
        byte[] file = Bytes.Safetensors(
            """{"w":{"dtype":"I8","shape":[2,2],"data_offsets":[0,4]},"w.scale":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"""u8.ToArray(),
            [1, 2, 0xFF, 0x81, .. BitConverter.GetBytes(0.5f), .. BitConverter.GetBytes(2f)]);
        Assert.Equal([0.5f, 1, -2, -254], TensorFile.Read(new MemoryStream(file)).Reals("w", 2, 2));
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"I8","shape":[4,1],"data_offsets":[0,4]}}""", 0)]
    [InlineData("""{"w":{"dtype":"I8","shape":[4,1],"data_offsets":[0,4]},"w.scale":{"dtype":"F32","shape":[3],"data_offsets":[4,16]}}""", 12)]
    [InlineData("""{"w":{"dtype":"I8","shape":[4,1],"data_offsets":[0,4]},"w.scale":{"dtype":"F64","shape":[4],"data_offsets":[4,36]}}""", 32)]
    public void Whole_numbers_without_fitting_factors_are_an_error_that_says_what_is_needed(string header, int bytes)
    {
        byte[] file = Bytes.Safetensors(System.Text.Encoding.UTF8.GetBytes(header), new byte[4 + bytes]);
        string message = Assert.Throws<WeightsException>(() => TensorFile.Read(new MemoryStream(file))).Message;
        Assert.Contains("'w' is of type I8", message, StringComparison.Ordinal);
        Assert.Contains("beside 'w.scale' with one F32 for each index of the first axis", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Factors_that_are_not_finite_are_an_error()
    {
        TensorFile file = new();
        file.Add("w", [1, 2], [1, float.NaN]);
        string message = Assert.Throws<WeightsException>(() => TensorFile.Read(new MemoryStream(file.StoredAs(WeightStorage.Int8).Written()))).Message;
        Assert.Contains("'w.scale' [1] has values that are not finite", message, StringComparison.Ordinal);
    }

    private static float[] Numbers(int count)
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
