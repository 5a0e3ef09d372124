using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class ChannelSlicesTests
{
    [Theory]
    [InlineData(1, 3, 0, 8, 5)]
    [InlineData(19, 3, 0, 8, 5)]
    [InlineData(11, 5, 8, 24, 3)]
    [InlineData(11, 1, 2, 24, 17)]
    [InlineData(4, 8, 8, 24, 8)]
    [InlineData(7, 19, 5, 24, 0)]
    [InlineData(9, 33, 3, 40, 4)]
    [InlineData(2, 64, 16, 80, 0)]
    public void A_slice_moves_to_its_place_and_touches_no_neighbour(int positions, int channels, int first, int yPitch, int behind)
    {
        int xPitch = (channels + 7) / 8 * 8;
        float[] x = TestData.Uniform(positions * xPitch, 1);
        float[] before = TestData.Uniform(positions * yPitch, 2);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(before.Length);
            before.CopyTo(output, 0);
            ChannelSlices.Copy(ref x[0], xPitch, ref output[first], yPitch, positions, channels, behind);
            return TestData.Written(output);
        });
        for (int position = 0; position < positions; position++)
        {
            for (int channel = 0; channel < yPitch; channel++)
            {
                int index = (position * yPitch) + channel;
                int inside = channel - first;
                float expected = inside < 0 || inside >= channels + behind ? before[index] : inside < channels ? x[(position * xPitch) + inside] : 0;
                Assert.Equal(expected, y[index]);
            }
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 3)]
    [InlineData(50, 3)]
    [InlineData(50, 1)]
    [InlineData(17, 7)]
    public void What_lies_side_by_side_gets_zeros_between(int positions, int channels)
    {
        float[] x = TestData.Uniform(positions * channels, 1);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(positions * 8);
            ChannelSlices.Copy(ref x[0], channels, ref output[0], 8, positions, channels, 8 - channels);
            return TestData.Written(output);
        });
        Assert.Equal(Enumerable.Range(0, y.Length).Select(at => at % 8 < channels ? x[(at / 8 * channels) + (at % 8)] : 0), y);
    }

    [Theory]
    [InlineData(3, 8, 3)]
    [InlineData(5, 24, 7)]
    [InlineData(4, 40, 8)]
    [InlineData(4, 40, 33)]
    public void Some_channels_are_cleared_and_no_neighbour(int positions, int pitch, int channels)
    {
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(positions * pitch);
            ChannelSlices.Clear(ref output[1], pitch, positions, Math.Min(channels, pitch - 1));
            return TestData.Written(output);
        });
        Assert.All(Enumerable.Range(0, y.Length), at =>
            Assert.True(at % pitch >= 1 && at % pitch < 1 + Math.Min(channels, pitch - 1) ? y[at] == 0 : TestData.IsUnwritten(y[at])));
    }
}
