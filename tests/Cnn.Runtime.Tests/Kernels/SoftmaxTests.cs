using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class SoftmaxTests
{
    public static TheoryData<int, int, bool> Cases
    {
        get
        {
            TheoryData<int, int, bool> cases = [];
            foreach (int positions in new[] { 1, 2, 3, 5, 49, 150 })
            {
                foreach (int channels in new[] { 1, 3, 8, 20, 50 })
                {
                    cases.Add(positions, channels, false);
                    cases.Add(positions, channels, true);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_output_is_that_of_the_formula_and_padding_is_zero(int positions, int channels, bool logarithm)
    {
        int pitch = Pitch(channels);
        float[] x = Map(positions, channels, 1, -20f, 20f);
        float[] y = Forward(x, positions, channels, logarithm);
        for (int p = 0; p < positions; p++)
        {
            double[] row = x.AsSpan(p * pitch, channels).ToArray().Select(v => (double)v).ToArray();
            double max = row.Max();
            double sum = row.Sum(v => Math.Exp(v - max));
            for (int c = 0; c < pitch; c++)
            {
                float actual = y[p * pitch + c];
                // x - max is rounded, which is a relative error of its exponential; the relative error of the sum is an absolute one of its logarithm.
                if (c >= channels)
                    Assert.Equal(0f, actual);
                else if (logarithm)
                    Tolerance.Accumulated(channels, row[c] - max - Math.Log(sum), Math.Abs(row[c] - max) + Math.Log(sum) + 1, actual);
                else
                    Tolerance.Accumulated(channels + (int)(max - row[c]), Math.Exp(row[c] - max) / sum, 2 * Math.Exp(row[c] - max) / sum, actual);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_is_that_of_the_formula_and_padding_is_zero(int positions, int channels, bool logarithm)
    {
        int pitch = Pitch(channels);
        float[] y = Forward(Map(positions, channels, 2, -3f, 3f), positions, channels, logarithm);
        float[] dy = Map(positions, channels, 3, -1f, 1f);
        float[] dx = EverySet.Run(() =>
        {
            float[] output = TestData.Output(dy.Length);
            SoftmaxKernels.Backward(ref dy[0], ref y[0], ref output[0], positions, channels, pitch, logarithm);
            return TestData.Written(output);
        });
        for (int p = 0; p < positions; p++)
        {
            double sum = 0, magnitude = 0;
            for (int c = p * pitch; c < p * pitch + channels; c++)
            {
                double term = logarithm ? dy[c] : (double)dy[c] * y[c];
                sum += term;
                magnitude += Math.Abs(term);
            }
            for (int c = 0; c < pitch; c++)
            {
                int at = p * pitch + c;
                double weight = logarithm ? Math.Exp(y[at]) : y[at];
                double expected = logarithm ? dy[at] - weight * sum : weight * (dy[at] - sum);
                double terms = logarithm ? Math.Abs(dy[at]) + weight * magnitude : weight * (Math.Abs(dy[at]) + magnitude);
                if (c >= channels)
                    Assert.Equal(0f, dx[at]);
                else
                    Tolerance.Accumulated(channels + 4, expected, terms, dx[at]);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Works_in_place(bool logarithm)
    {
        const int Positions = 3, Channels = 11;
        float[] x = Map(Positions, Channels, 4, -5f, 5f);
        float[] expected = Forward(x, Positions, Channels, logarithm);
        float[] y = [.. x];
        SoftmaxKernels.Forward(ref y[0], ref y[0], Positions, Channels, Pitch(Channels), logarithm);
        Tolerance.Exact(expected, y);
    }

    [Fact]
    public void Large_logits_neither_overflow_nor_vanish_and_masked_ones_get_nothing()
    {
        float[] x = [3e38f, 3e38f, -3e38f, float.NegativeInfinity, 0f, 0f, 0f, 0f];
        float[] y = Forward(x, 1, 8, false);
        Tolerance.Exact([0.5f, 0.5f, 0f, 0f, 0f, 0f, 0f, 0f], y);
    }

    [Fact]
    public void A_NaN_spoils_its_position_and_no_other()
    {
        float[] x = Map(3, 10, 5, -1f, 1f);
        x[16 + 4] = float.NaN;
        float[] y = Forward(x, 3, 10, false);
        Assert.All(y[16..26], v => Assert.True(float.IsNaN(v)));
        Assert.All(y[26..32], v => Assert.Equal(0f, v));
        Assert.All(y[..16], v => Assert.True(float.IsFinite(v)));
    }

    private static float[] Forward(float[] x, int positions, int channels, bool logarithm) => EverySet.Run(() =>
    {
        float[] y = TestData.Output(x.Length);
        SoftmaxKernels.Forward(ref x[0], ref y[0], positions, channels, Pitch(channels), logarithm);
        return TestData.Written(y);
    });

    private static int Pitch(int channels) => (channels + 7) / 8 * 8;

    /// <summary>A map whose padding lanes are NaN, because nobody promises what they hold.</summary>
    private static float[] Map(int positions, int channels, int seed, float low, float high)
    {
        int pitch = Pitch(channels);
        float[] map = TestData.Uniform(positions * pitch, seed, low, high);
        for (int i = 0; i < map.Length; i++)
        {
            if (i % pitch >= channels)
                map[i] = float.NaN;
        }
        return map;
    }
}
