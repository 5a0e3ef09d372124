using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Memory;

public sealed class WeightPackingTests
{
    public static TheoryData<int, int, int, int, int, bool> Packings => new()
    {
        { 1, 50, 20, 25, 16, false },
        { 1, 500, 50, 49, 64, false },
        { 1, 70, 33, 1, 48, false },
        { 4, 3, 5, 9, 8, false },
        { 1, 20, 3, 4, 8, true },
        { 2, 9, 7, 1, 16, true },
        { 16, 1, 1, 9, 8, false },
    };

    [Theory]
    [MemberData(nameof(Packings))]
    public void Every_element_stands_where_its_offset_says_and_comes_back(int groups, int outputs, int inputs, int taps, int block, bool inputsFirst)
    {
        WeightPacking packing = new(groups, outputs, inputs, taps, block, inputsFirst);
        float[] values = [.. Enumerable.Range(1, groups * outputs * inputs * taps).Select(static index => (float)index)];
        float[] packed = new float[packing.Size];
        packing.Pack(values, packed);

        float[] expected = new float[packing.Size];
        for (int group = 0; group < groups; group++)
        {
            for (int output = 0; output < outputs; output++)
            {
                for (int input = 0; input < inputs; input++)
                {
                    for (int tap = 0; tap < taps; tap++)
                    {
                        int row = inputsFirst ? (((group * inputs) + input) * outputs) + output : (((group * outputs) + output) * inputs) + input;
                        expected[packing.Offset(group, output, tap, input)] = values[(row * taps) + tap];
                    }
                }
            }
        }

        Assert.Equal(expected, packed);
        float[] back = new float[values.Length];
        packing.Unpack(packed, back);
        Assert.Equal(values, back);
    }

    [Fact]
    public void A_scale_multiplies_the_elements_of_its_output()
    {
        WeightPacking packing = new(Groups: 2, Outputs: 3, Inputs: 2, Taps: 2, Block: 8);
        float[] values = [.. Enumerable.Range(0, 24).Select(static index => index / 7f)];
        double[] scale = [1, 0.1, -3, 2, 0, 1e-3];
        float[] packed = new float[packing.Size], back = new float[values.Length];
        packing.Pack(values, packed, scale);
        packing.Unpack(packed, back);
        Assert.Equal(values.Select((value, index) => (float)(value * scale[index / 4])), back);
    }
}
