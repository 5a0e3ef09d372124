using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class ElementWiseTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(1008)]
    public void A_sum_is_rounded_once(int count)
    {
        float[] a = TestData.Uniform(count, 1);
        float[] b = TestData.Uniform(count, 2);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(count);
            ElementWise.Add(ref a[0], ref b[0], ref output[0], count);
            return TestData.Written(output);
        });
        Tolerance.Exact(a.Zip(b, (left, right) => left + right).ToArray(), y);
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(5, 24)]
    [InlineData(49, 40)]
    public void A_scale_and_a_shift_are_those_of_the_channel(int positions, int pitch)
    {
        float[] x = TestData.Uniform(positions * pitch, 1);
        float[] scale = TestData.Uniform(pitch, 2);
        float[] shift = TestData.Uniform(pitch, 3);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(x.Length);
            ElementWise.ScaleShift(ref x[0], ref scale[0], ref shift[0], ref output[0], positions, pitch);
            return TestData.Written(output);
        });
        for (int i = 0; i < y.Length; i++)
        {
            double product = (double)x[i] * scale[i % pitch];
            Tolerance.Accumulated(2, product + shift[i % pitch], Math.Abs(product) + Math.Abs(shift[i % pitch]), y[i]);
        }
    }

    [Fact]
    public void Clear_and_copy_stop_at_their_count()
    {
        float[] x = TestData.Uniform(13, 1);
        float[] y = TestData.Output(13);
        ElementWise.Copy(ref x[0], ref y[0], 13);
        Tolerance.Exact(x, TestData.Written(y));
        ElementWise.Clear(ref y[0], 13);
        Tolerance.Exact(new float[13], TestData.Written(y));
    }
}
