using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class GroupNormTests
{
    private const float Epsilon = 1e-5f;

    public static TheoryData<int, int, int> Maps
    {
        get
        {
            TheoryData<int, int, int> maps = [];
            foreach (int positions in new[] { 1, 2, 5, 49 })
            {
                maps.Add(positions, 6, 1);
                maps.Add(positions, 20, 1);
                maps.Add(positions, 20, 4);
                maps.Add(positions, 50, 2);
                if (positions > 1)
                    maps.Add(positions, 20, 20);
            }
            return maps;
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void The_statistics_are_those_of_each_group_and_leave_padding_out(int positions, int channels, int groups)
    {
        float[] x = Map(positions, channels, 1);
        (float[] mean, float[] inverse) = Statistics(x, positions, channels, groups);
        for (int c = 0; c < mean.Length; c++)
        {
            if (c >= channels)
            {
                Assert.Equal(0f, mean[c]);
                Assert.Equal(0f, inverse[c]);
                continue;
            }

            double[] group = Group(x, positions, channels, groups, c);
            double expected = group.Average();
            double variance = group.Average(v => (v - expected) * (v - expected));
            double condition = Math.Sqrt(group.Average(v => v * v) / (variance + Epsilon));
            Tolerance.Accumulated(positions, expected, group.Average(Math.Abs), mean[c]);
            Tolerance.Accumulated(positions + 4, 1 / Math.Sqrt(variance + Epsilon), Math.Max(1, condition) / Math.Sqrt(variance + Epsilon), inverse[c]);
        }
    }

    [Theory]
    [InlineData(100.1f, 1)]
    [InlineData(12345.678f, 3)]
    [InlineData(12345.678f, 12)]
    public void A_constant_map_has_its_constant_for_mean_and_no_deviation(float constant, int groups)
    {
        (float[] mean, float[] inverse) = Statistics(Enumerable.Repeat(constant, 49 * 16).ToArray(), 49, 12, groups);
        Assert.All(mean[..12], value => Assert.Equal(constant, value));
        Assert.All(inverse[..12], value => Assert.Equal((float)(1 / Math.Sqrt(Epsilon)), value));
    }

    [Fact]
    public void A_mean_that_dwarfs_the_deviation_costs_no_digits_of_the_variance()
    {
        const int Positions = 49, Channels = 12;
        float[] x = [.. Map(Positions, Channels, 1).Select(v => 30000f + MathF.Round(v * 64) / 64)];
        (float[] _, float[] inverse) = Statistics(x, Positions, Channels, 3);
        for (int c = 0; c < Channels; c++)
        {
            double[] group = Group(x, Positions, Channels, 3, c);
            double mean = group.Average();
            Assert.InRange(inverse[c] * Math.Sqrt(group.Average(v => (v - mean) * (v - mean)) + Epsilon), 0.999, 1.001);
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void The_normalised_map_is_that_of_the_formula(int positions, int channels, int groups)
    {
        float[] x = Map(positions, channels, 2);
        (float[] mean, float[] inverse) = Statistics(x, positions, channels, groups);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(x.Length);
            GroupNormKernels.Normalize(ref x[0], ref mean[0], ref inverse[0], ref output[0], positions, mean.Length);
            return TestData.Written(output);
        });
        for (int i = 0; i < y.Length; i++)
        {
            int c = i % mean.Length;
            double expected = ((double)x[i] - mean[c]) * inverse[c];
            Tolerance.Accumulated(4, expected, Math.Abs(expected), y[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void The_gradient_of_the_input_is_the_derivative_through_the_statistics_too(int positions, int channels, int groups)
    {
        float[] x = Map(positions, channels, 3);
        float[] dy = ZeroPadded(Map(positions, channels, 4), channels);
        float[] weight = ZeroPadded(TestData.Uniform(Pitch(channels), 5, 0.5f, 2f), channels);
        HoldInputGradient(x, dy, weight, positions, channels, groups, Backward(x, dy, weight, positions, channels, groups));
        float[] ones = ZeroPadded([.. Enumerable.Repeat(1f, Pitch(channels))], channels);
        HoldInputGradient(x, dy, ones, positions, channels, groups, Backward(x, dy, null, positions, channels, groups));
    }

    private static void HoldInputGradient(float[] x, float[] dy, float[] weight, int positions, int channels, int groups, float[] dx)
    {
        int pitch = Pitch(channels);
        for (int i = 0; i < dx.Length; i++)
        {
            int c = i % pitch;
            if (c >= channels)
            {
                Assert.Equal(0f, dx[i]);
                continue;
            }

            double[] group = Group(x, positions, channels, groups, c);
            double[] slopes = Group([.. dy.Select((g, at) => g * weight[at % pitch])], positions, channels, groups, c);
            int place = (i / pitch * (channels / groups)) + (c % (channels / groups));
            double Loss(double value)
            {
                double[] moved = [.. group];
                moved[place] = value;
                double mean = moved.Average();
                double inverse = 1 / Math.Sqrt(moved.Average(v => (v - mean) * (v - mean)) + Epsilon);
                return moved.Zip(slopes, (v, slope) => slope * (v - mean) * inverse).Sum();
            }
            double centre = group.Average();
            double deviation = Math.Sqrt(group.Average(v => (v - centre) * (v - centre)) + Epsilon);
            double terms = slopes.Max(Math.Abs) / deviation * Math.Max(4, group.Max(Math.Abs) / deviation);
            Tolerance.Derivative(Oracle.Derivative(Loss, x[i]), terms, dx[i], $"[{i}]");
        }
    }

    private static float[] Backward(float[] x, float[] dy, float[]? weight, int positions, int channels, int groups)
    {
        int pitch = Pitch(channels);
        (float[] mean, float[] inverse) = Statistics(x, positions, channels, groups);
        return EverySet.Run(() =>
        {
            float[] sums = new float[pitch], dots = new float[pitch], factor = TestData.Output(pitch), slope = TestData.Output(
                pitch), shift = TestData.Output(pitch);
            BatchNormKernels.BackwardSums(ref dy[0], ref x[0], ref mean[0], ref inverse[0], positions, pitch, ref sums[0], ref dots[0]);
            if (weight is null)
                GroupNormKernels.BackwardCoefficients(ref sums[0], ref dots[0], ref inverse[0], positions, channels, pitch, groups,
                    ref factor[0], ref slope[0], ref shift[0]);
            else
                GroupNormKernels.BackwardCoefficients(ref sums[0], ref dots[0], ref weight[0], ref inverse[0], positions, channels, pitch, groups,
                    ref factor[0], ref slope[0], ref shift[0]);
            TestData.Written(factor);
            TestData.Written(slope);
            TestData.Written(shift);
            float[] dx = TestData.Output(x.Length);
            GroupNormKernels.BackwardApply(ref dy[0], ref x[0], ref mean[0], ref factor[0], ref slope[0], ref shift[0], ref dx[0], positions, pitch);
            float[] inPlace = [.. dy];
            GroupNormKernels.BackwardApply(ref inPlace[0], ref x[0], ref mean[0], ref factor[0], ref slope[0], ref shift[0], ref inPlace[0], positions, pitch);
            Tolerance.Exact(TestData.Written(dx), inPlace, "in place");
            return inPlace;
        });
    }

    private static (float[] Mean, float[] Inverse) Statistics(float[] x, int positions, int channels, int groups)
    {
        int pitch = Pitch(channels);
        float[] both = EverySet.Run(() =>
        {
            float[] mean = TestData.Output(pitch);
            float[] inverse = TestData.Output(pitch);
            GroupNormKernels.Statistics(ref x[0], positions, channels, pitch, groups, Epsilon, ref mean[0], ref inverse[0]);
            return [.. TestData.Written(mean), .. TestData.Written(inverse)];
        });
        return (both[..pitch], both[pitch..]);
    }

    /// <summary>The elements that are normalised together with those of a channel, position by position.</summary>
    private static double[] Group(float[] x, int positions, int channels, int groups, int channel)
    {
        int pitch = Pitch(channels);
        int size = channels / groups;
        return [.. Enumerable.Range(0, positions).SelectMany(p => Enumerable.Range(channel / size * size, size).Select(c => (double)x[p * pitch + c]))];
    }

    /// <summary>A map whose padding is rubbish.</summary>
    private static float[] Map(int positions, int channels, int seed) => TestData.Uniform(positions * Pitch(channels), seed, -1f, 3f);

    private static float[] ZeroPadded(float[] map, int channels) => [.. map.Select((v, i) => i % Pitch(channels) < channels ? v : 0f)];

    private static int Pitch(int channels) => (channels + 7) / 8 * 8;
}
