using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class PositionNormTests
{
    private const int Positions = 5;
    private const float Epsilon = 1e-3f;

    [Theory]
    [InlineData(3, 8, true)]
    [InlineData(19, 24, true)]
    [InlineData(19, 24, false)]
    [InlineData(70, 80, false)]
    public void Each_position_is_normalised_over_its_channels_and_the_padding_is_0(int channels, int pitch, bool isAffine)
    {
        float[] x = TestData.Uniform(Positions * pitch, 1);
        float[] weight = Parameter(channels, pitch, 2);
        float[] bias = Parameter(channels, pitch, 3);
        float[] y = EverySet.Run(() => Forward(x, weight, bias, isAffine, channels, pitch).Y);
        for (int p = 0; p < Positions; p++)
        {
            (double mean, double deviation) = Statistics(x, p, channels, pitch);
            for (int c = 0; c < pitch; c++)
            {
                double normalised = (x[(p * pitch) + c] - mean) / deviation;
                double expected = c >= channels ? 0 : isAffine ? (normalised * weight[c]) + bias[c] : normalised;
                Tolerance.Accumulated(channels, expected, 4, y[(p * pitch) + c], $"position {p}, channel {c}");
            }
        }
    }

    [Theory]
    [InlineData(3, 8, true)]
    [InlineData(19, 24, false)]
    [InlineData(70, 80, true)]
    public void The_gradients_are_those_of_the_definition(int channels, int pitch, bool isAffine)
    {
        float[] x = TestData.Uniform(Positions * pitch, 1);
        float[] dy = TestData.Uniform(Positions * pitch, 2);
        float[] weight = Parameter(channels, pitch, 3);
        (_, float[] mean, float[] inverse) = Forward(x, weight, weight, isAffine, channels, pitch);
        float[] dx = EverySet.Run(() =>
        {
            float[] output = TestData.Output(x.Length);
            PositionNormKernels.Backward(
                ref dy[0], ref x[0], ref weight[0], isAffine, ref mean[0], ref inverse[0], ref output[0], Positions, channels, pitch);
            return TestData.Written(output);
        });
        float[] sums = EverySet.Run(() =>
        {
            float[] output = TestData.Output(2 * pitch);
            PositionNormKernels.ParameterSums(ref dy[0], ref x[0], ref mean[0], ref inverse[0], Positions, pitch, ref output[0], ref output[pitch]);
            return TestData.Written(output);
        });
        (double Dy, double DyXhat)[] expected = new (double, double)[channels];
        for (int p = 0; p < Positions; p++)
        {
            (double centre, double deviation) = Statistics(x, p, channels, pitch);
            double Normalised(int c) => (x[(p * pitch) + c] - centre) / deviation;
            double Scaled(int c) => dy[(p * pitch) + c] * (isAffine ? weight[c] : 1.0);
            double average = Enumerable.Range(0, channels).Average(Scaled);
            double projection = Enumerable.Range(0, channels).Average(c => Scaled(c) * Normalised(c));
            for (int c = 0; c < pitch; c++)
                Tolerance.Accumulated(
                    channels, c < channels ? (Scaled(c) - average - (Normalised(c) * projection)) / deviation : 0, 16, dx[(p * pitch) + c], $"{p}, {c}");
            for (int c = 0; c < channels; c++)
                expected[c] = (expected[c].Dy + dy[(p * pitch) + c], expected[c].DyXhat + (dy[(p * pitch) + c] * Normalised(c)));
        }

        for (int c = 0; c < channels; c++)
        {
            Tolerance.Accumulated(Positions, expected[c].Dy, 15, sums[c], "db");
            Tolerance.Accumulated(Positions + 4, expected[c].DyXhat, 40, sums[pitch + c], "dw");
        }
    }

    private static float[] Parameter(int channels, int pitch, int seed) => [.. TestData.Uniform(channels, seed), .. new float[pitch - channels]];

    private static (double Mean, double Deviation) Statistics(float[] x, int position, int channels, int pitch)
    {
        double[] values = [.. x.Skip(position * pitch).Take(channels).Select(value => (double)value)];
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) + Epsilon));
    }

    private static (float[] Y, float[] Mean, float[] Inverse) Forward(float[] x, float[] weight, float[] bias, bool isAffine, int channels, int pitch)
    {
        float[] y = TestData.Output(x.Length);
        (float[] mean, float[] inverse) = (new float[Positions], new float[Positions]);
        PositionNormKernels.Forward(
            ref x[0], ref weight[0], ref bias[0], isAffine, ref mean[0], ref inverse[0], ref y[0], Positions, channels, pitch, Epsilon);
        return (TestData.Written(y), mean, inverse);
    }
}
