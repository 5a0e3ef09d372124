using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class GlobalMaxPoolTests
{
    public static TheoryData<int, int> Maps
    {
        get
        {
            TheoryData<int, int> maps = [];
            foreach (int positions in new[] { 1, 2, 3, 4, 5, 49 })
            {
                foreach (int pitch in new[] { 8, 16, 24, 56 })
                    maps.Add(positions, pitch);
            }
            return maps;
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void The_largest_element_of_each_channel_is_found_wherever_it_stands(int positions, int pitch)
    {
        float[] x = TestData.Uniform(positions * pitch, positions);
        float[] y = Forward(x, positions, pitch);
        for (int c = 0; c < pitch; c++)
            Assert.Equal(Enumerable.Range(0, positions).Max(p => x[p * pitch + c]), y[c]);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void The_gradient_goes_to_the_first_largest_element(int positions, int pitch)
    {
        // Few different values, so that the largest one stands there several times.
        float[] x = [.. TestData.Uniform(positions * pitch, positions).Select(v => MathF.Round(v))];
        float[] dy = TestData.Uniform(pitch, 2);
        float[] dx = EverySet.Run(() =>
        {
            float[] output = TestData.Output(x.Length);
            GlobalPool.MaxBackward(ref dy[0], ref x[0], ref output[0], positions, pitch);
            return TestData.Written(output);
        });
        for (int c = 0; c < pitch; c++)
        {
            float[] column = [.. Enumerable.Range(0, positions).Select(p => x[p * pitch + c])];
            int first = Array.IndexOf(column, column.Max());
            for (int p = 0; p < positions; p++)
                Assert.Equal(p == first ? dy[c] : 0f, dx[p * pitch + c]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void A_NaN_is_the_largest_element(int position)
    {
        float[] x = TestData.Uniform(5 * 8, 3);
        x[position * 8 + 2] = float.NaN;
        float[] y = Forward(x, 5, 8);
        Assert.True(float.IsNaN(y[2]));
        Assert.False(float.IsNaN(y[3]));
    }

    private static float[] Forward(float[] x, int positions, int pitch) => EverySet.Run(() =>
    {
        float[] output = TestData.Output(pitch);
        GlobalPool.MaxForward(ref x[0], ref output[0], positions, pitch);
        return TestData.Written(output);
    });
}
