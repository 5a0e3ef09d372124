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

    [Theory]
    [InlineData(1, 1, 1, 2)]
    [InlineData(5, 3, 3, 4)]
    [InlineData(4, 9, 16, 2)]
    [InlineData(3, 198, 208, 4)]
    [InlineData(2, 7, 8, 8)]
    [InlineData(2, 3, 8, 13)]
    public void Each_channel_is_repeated_where_it_stands(int positions, int channels, int xPitch, int times)
    {
        int yPitch = ((channels * times) + 7) / 8 * 8;
        float[] x = TestData.Uniform(positions * xPitch, 1);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(positions * yPitch);
            ChannelSlices.Spread(ref x[0], xPitch, ref output[0], yPitch, positions, channels, 1, times, channels * times);
            // What is behind the channels may be anything.
            return TestData.Written(output).Chunk(yPitch).SelectMany(position => position.Take(channels * times)).ToArray();
        });
        Assert.Equal(
            Enumerable.Range(0, positions).SelectMany(p => Enumerable.Range(0, channels * times).Select(c => x[(p * xPitch) + (c / times)])), y);
    }

    [Theory]
    [InlineData(1, 2, 3, 1, 8)]
    [InlineData(5, 32, 5, 1, 32)]
    [InlineData(4, 3, 2, 3, 16)]
    [InlineData(3, 64, 2, 3, 192)]
    [InlineData(2, 7, 17, 2, 16)]
    public void Each_input_of_a_group_is_spread_over_the_lanes_of_its_outputs(int positions, int groups, int inputs, int outputs, int lanes)
    {
        int xPitch = ((groups * inputs) + 7) / 8 * 8;
        float[] x = TestData.Uniform(positions * xPitch, 1);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(positions * inputs * lanes);
            ChannelSlices.Spread(ref x[0], xPitch, ref output[0], inputs * lanes, positions, groups, inputs, outputs, lanes);
            return TestData.Written(output);
        });
        for (int index = 0; index < y.Length; index++)
        {
            (int position, int input, int lane) = (index / lanes / inputs, index / lanes % inputs, index % lanes);
            Assert.Equal(lane < groups * outputs ? x[(position * xPitch) + (lane / outputs * inputs) + input] : 0, y[index]);
        }
    }
}
