using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class ReductionTests
{
    public static TheoryData<int, int> Maps
    {
        get
        {
            TheoryData<int, int> maps = [];
            foreach (int positions in new[] { 1, 2, 3, 5, 49, 784 })
            {
                foreach (int pitch in new[] { 8, 16, 24, 56 })
                    maps.Add(positions, pitch);
            }
            return maps;
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Column_sums_are_the_sums_over_the_positions(int positions, int pitch)
        => HoldSums(positions, pitch, 1, (x, sums) => Reductions.ColumnSums(ref x[0], positions, pitch, ref sums[0]));

    [Theory]
    [MemberData(nameof(Maps))]
    public void Image_sums_are_the_sums_over_the_images(int images, int pitch)
        => HoldSums(images, pitch, 1, (x, sums) => Reductions.SumImages(ref x[0], images, pitch, ref sums[0]));

    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 16)]
    [InlineData(3, 16)]
    [InlineData(64, 7)]
    [InlineData(64, 16)]
    public void Sums_of_groups_are_added_pairwise(int images, int groups)
    {
        const int Length = 2064, Pitch = 2080, Part = 1024;
        float[] sums = TestData.Uniform(groups * Pitch, 3);
        float[] expected = new float[Length];
        int count = Math.Min(images, groups);
        for (int index = 0; index < Length; index++)
            expected[index] = Tree(0, int.Max(1, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count)), index);
        float[] actual = EverySet.Run(() =>
        {
            float[] copy = [.. sums], output = TestData.Output(Length);
            for (int part = 2; part >= 0; part--)
                Reductions.SumGroups(ref copy[0], images, groups, Pitch, ref output[0], Length, Part, part, part + 1);
            return TestData.Written(output);
        });
        Tolerance.Exact(expected, actual);

        float Tree(int group, int length, int index)
        {
            if (length == 1)
                return sums[(group * Pitch) + index];
            float left = Tree(group, length / 2, index);
            return group + (length / 2) < count ? left + Tree(group + (length / 2), length / 2, index) : left;
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void A_global_average_is_the_mean_over_the_positions(int positions, int pitch)
        => HoldSums(positions, pitch, positions, (x, y) => GlobalPool.AverageForward(ref x[0], ref y[0], positions, pitch));

    [Theory]
    [InlineData(1, 1, 8, 1)]
    [InlineData(14 * 14, 14, 40, 1)]
    [InlineData(1024, 32, 16, 2)]
    [InlineData(45 * 47, 47, 24, 1)]
    [InlineData(45 * 47, 47, 24, 2)]
    [InlineData(45 * 47, 47, 24, 5)]
    [InlineData(3 * 2047, 2047, 8, 3)]
    public void A_global_average_of_rows_that_come_one_by_one_is_that_of_the_map(int positions, int width, int pitch, int parts)
    {
        float[] x = TestData.Uniform(positions * pitch, 1);
        float[] whole = EverySet.Run(() =>
        {
            float[] output = TestData.Output(pitch);
            GlobalPool.AverageForward(ref x[0], ref output[0], positions, pitch);
            return TestData.Written(output);
        });
        float[] byRow = EverySet.Run(() =>
        {
            int blocks = (positions + 1023) / 1024;
            float[] sums = new float[blocks * pitch];
            for (int part = 0; part < parts; part++)
            {
                float[] chains = [.. Enumerable.Repeat(float.NaN, 4 * pitch)];
                GlobalPool.SharePositions(positions, part, parts, out int from, out int to);
                for (int first = 0; first < positions; first += width)
                    GlobalPool.AddPositions(ref x[first * pitch], ref chains[0], ref sums[0], first, width, from, to, pitch);
            }

            float[] output = TestData.Output(pitch);
            GlobalPool.AverageOfBlocks(ref sums[0], ref output[0], blocks, positions, pitch);
            return TestData.Written(output);
        });
        Tolerance.Exact(whole, byRow);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void The_gradient_of_a_global_average_is_shared_evenly(int positions, int pitch)
    {
        float[] dy = TestData.Uniform(pitch, 1);
        float[] dx = EverySet.Run(() =>
        {
            float[] output = TestData.Output(positions * pitch);
            GlobalPool.AverageBackward(ref dy[0], ref output[0], positions, pitch);
            return TestData.Written(output);
        });
        for (int i = 0; i < dx.Length; i++)
            Assert.Equal(dy[i % pitch] / positions, dx[i]);
    }

    /// <summary>
    /// One chain over a fourth of these would be off by 6e-6: beside a sum of many numbers, each is small. Other positions than whole blocks are among them.
    /// </summary>
    [Theory]
    [InlineData(1 << 18)]
    [InlineData((1 << 18) + 1023)]
    [InlineData(1025)]
    public void A_sum_over_many_positions_is_as_precise_as_one_over_few(int positions)
    {
        const int Pitch = 8;
        float[] x = TestData.Uniform(positions * Pitch, positions, 0f, 3f);
        float[] sums = EverySet.Run(() =>
        {
            float[] output = TestData.Output(Pitch);
            Reductions.ColumnSums(ref x[0], positions, Pitch, ref output[0]);
            return TestData.Written(output);
        });
        for (int channel = 0; channel < Pitch; channel++)
        {
            double expected = Enumerable.Range(0, positions).Sum(position => (double)x[(position * Pitch) + channel]);
            Assert.InRange(sums[channel], (1 - 1e-6) * expected, (1 + 1e-6) * expected);
        }
    }

    [Fact]
    public void A_sum_over_nothing_is_zero()
    {
        float[] x = [1f];
        float[] sums = TestData.Output(24);
        Reductions.ColumnSums(ref x[0], 0, 24, ref sums[0]);
        Tolerance.Exact(new float[24], TestData.Written(sums));
    }

    private static void HoldSums(int rows, int pitch, int divisor, Action<float[], float[]> kernel)
    {
        float[] x = TestData.Uniform(rows * pitch, rows);
        float[] sums = EverySet.Run(() =>
        {
            float[] output = TestData.Output(pitch);
            kernel(x, output);
            return TestData.Written(output);
        });
        for (int c = 0; c < pitch; c++)
        {
            double sum = 0, magnitude = 0;
            for (int at = c; at < x.Length; at += pitch)
            {
                sum += x[at];
                magnitude += Math.Abs(x[at]);
            }
            Tolerance.Accumulated(rows, sum / divisor, magnitude / divisor, sums[c]);
        }
    }
}
