using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class LocalResponseNormTests
{
    public static TheoryData<int, int, int, float> Cases
    {
        get
        {
            TheoryData<int, int, int, float> cases = [];
            foreach (int channels in new[] { 1, 5, 8, 20 })
            {
                foreach (int size in new[] { 1, 2, 5, 11 })
                {
                    cases.Add(1, channels, size, 0.75f);
                    cases.Add(3, channels, size, 0.5f);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_output_is_that_of_the_formula(int positions, int channels, int size, float beta)
    {
        int pitch = Pitch(channels);
        float[] x = TestData.Uniform(positions * pitch, 1);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(x.Length);
            float[] scratch = TestData.Output(pitch + size - 1);
            LocalResponseNormKernels.Forward(ref x[0], ref output[0], ref scratch[0], positions, channels, pitch, size, 0.3f, beta, 2f);
            TestData.Written(scratch);
            return TestData.Written(output);
        });
        for (int p = 0; p < positions; p++)
        {
            double[] row = Row(x, p, channels);
            for (int c = 0; c < channels; c++)
            {
                double expected = Formula(row, size, beta)[c];
                Tolerance.Accumulated(size + 8, expected, Math.Abs(expected), y[p * pitch + c]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_of_the_input_is_the_derivative_and_padding_is_zero(int positions, int channels, int size, float beta)
    {
        int pitch = Pitch(channels);
        float[] x = TestData.Uniform(positions * pitch, 2);
        float[] dy = TestData.Uniform(positions * pitch, 3);
        float[] dx = EverySet.Run(() =>
        {
            float[] output = TestData.Output(x.Length);
            float[] scratch = TestData.Output(2 * (pitch + size - 1));
            LocalResponseNormKernels.Backward(ref dy[0], ref x[0], ref output[0], ref scratch[0], positions, channels, pitch, size, 0.3f, beta, 2f);
            TestData.Written(scratch);
            float[] inPlace = [.. dy];
            LocalResponseNormKernels.Backward(ref inPlace[0], ref x[0], ref inPlace[0], ref scratch[0], positions, channels, pitch, size, 0.3f, beta, 2f);
            Tolerance.Exact(TestData.Written(output), inPlace, "in place");
            return inPlace;
        });
        for (int i = 0; i < dx.Length; i++)
        {
            int p = i / pitch, c = i % pitch;
            if (c >= channels)
            {
                Assert.Equal(0f, dx[i]);
                continue;
            }

            double[] row = Row(x, p, channels);
            double Loss(double value)
            {
                double[] moved = [.. row];
                moved[c] = value;
                return Formula(moved, size, beta).Select((v, at) => v * dy[p * pitch + at]).Sum();
            }
            Tolerance.Derivative(Oracle.Derivative(Loss, row[c]), 3 + size, dx[i], $"[{i}]");
        }
    }

    private static double[] Formula(double[] row, int size, float beta) =>
    [
        .. row.Select((v, c) =>
        {
            double squares = 0;
            for (int other = Math.Max(0, c - size / 2); other <= Math.Min(row.Length - 1, c + (size - 1) / 2); other++)
                squares += row[other] * row[other];
            return v * Math.Pow(2 + 0.3f / (double)size * squares, -beta);
        }),
    ];

    private static double[] Row(float[] map, int position, int channels)
        => [.. Enumerable.Range(0, channels).Select(c => (double)map[position * Pitch(channels) + c])];

    private static int Pitch(int channels) => (channels + 7) / 8 * 8;
}
