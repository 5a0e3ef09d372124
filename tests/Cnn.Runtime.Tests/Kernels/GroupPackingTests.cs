using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class GroupPackingTests
{
    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(5, 32, 5)]
    [InlineData(4, 3, 2)]
    [InlineData(3, 64, 2)]
    [InlineData(2, 7, 17)]
    [InlineData(9, 2, 24)]
    public void The_first_channels_of_all_groups_come_to_lie_side_by_side(int positions, int groups, int inputs)
    {
        int channels = groups * inputs;
        int xPitch = (channels + 7) / 8 * 8;
        int yPitch = channels + 3;
        float[] x = TestData.Uniform(positions * xPitch, 1);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(positions * yPitch);
            GroupPacking.Regroup(ref x[0], xPitch, ref output[0], yPitch, positions, groups, inputs);
            return TestData.Written(output);
        });
        for (int index = 0; index < y.Length; index++)
        {
            (int position, int channel) = (index / yPitch, index % yPitch);
            if (channel < channels)
                Assert.Equal(x[(position * xPitch) + (channel % groups * inputs) + (channel / groups)], y[index]);
            else
                Assert.True(TestData.IsUnwritten(y[index]));
        }
    }

    [Theory]
    [InlineData(3, 2, 5, 6, 0, 1)]
    [InlineData(2, 24, 12, 3, 2, 1)]
    [InlineData(32, 5, 8, 8, 0, 2)]
    [InlineData(32, 2, 101, 2, 3, 1)]
    [InlineData(5, 3, 1, 1, 0, 3)]
    [InlineData(4, 4, 40, 7, 0, 3)]
    public void Planes_of_groups_become_positions_whose_first_channels_lie_side_by_side(
        int groups, int inputs, int width, int rows, int border, int parts)
    {
        int channels = groups * inputs;
        int pitch = (channels + 7) / 8 * 8;
        int rowStride = (width + border) * pitch;
        float[] source = TestData.Uniform(channels * rows * width, 1);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(rows * rowStride);
            for (int part = 0; part < parts; part++)
                GroupPacking.FromPlanes(ref source[0], ref output[0], groups, inputs, width, rows, pitch, rowStride, part, parts);
            return TestData.Written(output);
        });
        for (int index = 0; index < y.Length; index++)
        {
            (int row, int position, int channel) = (index / rowStride, index % rowStride / pitch, index % pitch);
            if (position < width && channel < channels)
                Assert.Equal(source[((((channel % groups * inputs) + (channel / groups)) * rows) + row) * width + position], y[index]);
            else if (position < width)
                Assert.Equal(0, y[index]);
            else
                Assert.True(TestData.IsUnwritten(y[index]));
        }
    }
}
