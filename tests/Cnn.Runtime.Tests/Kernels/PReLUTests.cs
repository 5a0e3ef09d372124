using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class PReLUTests
{
    public static TheoryData<int, int, bool> Cases => new()
    {
        { 1, 8, false }, { 3, 8, true }, { 5, 24, false }, { 49, 56, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Slopes_multiply_what_is_not_positive(int positions, int pitch, bool perChannel)
    {
        float[] x = WithZeros(positions * pitch, 1);
        float[] slope = TestData.Uniform(pitch, 2, -1f, 1f);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(x.Length);
            PReLUKernels.Forward(ref x[0], ref slope[0], ref output[0], positions, pitch, perChannel);
            return TestData.Written(output);
        });
        for (int i = 0; i < y.Length; i++)
            Assert.Equal(x[i] > 0 ? x[i] : x[i] * slope[perChannel ? i % pitch : 0], y[i]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_of_the_input_has_the_slope_of_its_side(int positions, int pitch, bool perChannel)
    {
        float[] x = WithZeros(positions * pitch, 3);
        float[] dy = TestData.Uniform(x.Length, 4);
        float[] slope = TestData.Uniform(pitch, 5, -1f, 1f);
        float[] dx = EverySet.Run(() =>
        {
            float[] output = TestData.Output(x.Length);
            PReLUKernels.Backward(ref dy[0], ref x[0], ref slope[0], ref output[0], positions, pitch, perChannel);
            return TestData.Written(output);
        });
        for (int i = 0; i < dx.Length; i++)
            Assert.Equal(x[i] > 0 ? dy[i] : dy[i] * slope[perChannel ? i % pitch : 0], dx[i]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_of_a_slope_sums_over_what_is_not_positive(int positions, int pitch, bool perChannel)
    {
        const int Images = 3;
        int channels = pitch - 3;
        float[] x = WithZeros(Images * positions * pitch, 6);
        float[] dy = TestData.Uniform(x.Length, 7);
        float[] sums = EverySet.Run(() =>
        {
            float[] output = TestData.Output(Images * pitch);
            for (int n = 0; n < Images; n++)
                PReLUKernels.SlopeSums(ref dy[n * positions * pitch], ref x[n * positions * pitch], positions, pitch, ref output[n * pitch]);
            return TestData.Written(output);
        });
        for (int i = 0; i < sums.Length; i++)
        {
            double[] products = [.. Enumerable.Range(0, positions).Select(p => (i / pitch * positions + p) * pitch + i % pitch)
                .Where(at => !(x[at] > 0)).Select(at => (double)x[at] * dy[at])];
            Tolerance.Accumulated(positions, products.Sum(), products.Sum(Math.Abs), sums[i]);
        }

        if (perChannel)
            return;
        float shared = 0;
        PReLUKernels.SharedSlopeGradient(ref sums[0], Images, channels, pitch, ref shared);
        double[] existing = [.. sums.Where((_, i) => i % pitch < channels).Select(v => (double)v)];
        Tolerance.Accumulated(1, existing.Sum(), existing.Sum(Math.Abs), shared);
    }

    private static float[] WithZeros(int count, int seed) => [.. TestData.Uniform(count, seed).Select((v, i) => i % 7 == 0 ? 0f : v)];
}
