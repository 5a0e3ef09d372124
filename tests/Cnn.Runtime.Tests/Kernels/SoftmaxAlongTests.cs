using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

/// <summary>Softmax along an axis that is not the channels.</summary>
[Collection(InstructionSetCollection.Name)]
public sealed class SoftmaxAlongTests
{
    private const int Lanes = 40;
    private const int XStride = 48;
    private const int YStride = 56;

    [Theory]
    [InlineData(1, false)]
    [InlineData(5, false)]
    [InlineData(50, false)]
    [InlineData(1, true)]
    [InlineData(5, true)]
    [InlineData(50, true)]
    public void The_output_is_that_of_the_formula(int length, bool logarithm)
    {
        float[] x = TestData.Uniform(length * XStride, 1, -20f, 20f);
        float[] y = Forward(x, length, logarithm);
        for (int lane = 0; lane < Lanes; lane++)
        {
            double[] row = [.. Enumerable.Range(0, length).Select(i => (double)x[(i * XStride) + lane])];
            double max = row.Max();
            double sum = row.Sum(value => Math.Exp(value - max));
            for (int i = 0; i < length; i++)
            {
                float actual = y[(i * YStride) + lane];
                if (logarithm)
                    Tolerance.Accumulated(length, row[i] - max - Math.Log(sum), Math.Abs(row[i] - max) + Math.Log(sum) + 1, actual);
                else
                    Tolerance.Accumulated(length + (int)(max - row[i]), Math.Exp(row[i] - max) / sum, 2 * Math.Exp(row[i] - max) / sum, actual);
            }
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(17, false)]
    [InlineData(1, true)]
    [InlineData(17, true)]
    public void The_gradient_is_that_of_the_formula(int length, bool logarithm)
    {
        const int DxStride = 40;
        float[] y = Forward(TestData.Uniform(length * XStride, 2, -3f, 3f), length, logarithm);
        float[] dy = TestData.Uniform(length * XStride, 3);
        float[] dx = EverySet.Run(() =>
        {
            float[] output = TestData.Output(length * DxStride);
            SoftmaxKernels.BackwardAlong(ref dy[0], XStride, ref y[0], YStride, ref output[0], DxStride, length, Lanes, logarithm);
            return TestData.Written(output);
        });
        for (int lane = 0; lane < Lanes; lane++)
        {
            double[] gradients = [.. Enumerable.Range(0, length).Select(i => (double)dy[(i * XStride) + lane])];
            double[] outputs = [.. Enumerable.Range(0, length).Select(i => (double)y[(i * YStride) + lane])];
            double[] terms = [.. gradients.Zip(outputs, (gradient, output) => logarithm ? gradient : gradient * output)];
            for (int i = 0; i < length; i++)
            {
                double weight = logarithm ? Math.Exp(outputs[i]) : outputs[i];
                double expected = logarithm ? gradients[i] - (weight * terms.Sum()) : weight * (gradients[i] - terms.Sum());
                double magnitude = terms.Sum(Math.Abs);
                double bound = logarithm ? Math.Abs(gradients[i]) + (weight * magnitude) : weight * (Math.Abs(gradients[i]) + magnitude);
                Tolerance.Accumulated(length + 4, expected, bound, dx[(i * DxStride) + lane]);
            }
        }
    }

    [Fact]
    public void A_NaN_spoils_its_lane_and_no_other()
    {
        float[] x = TestData.Uniform(3 * XStride, 4);
        x[XStride + 5] = float.NaN;
        float[] y = Forward(x, 3, false);
        for (int lane = 0; lane < Lanes; lane++)
            Assert.Equal(lane == 5, Enumerable.Range(0, 3).All(i => float.IsNaN(y[(i * YStride) + lane])));
    }

    private static float[] Forward(float[] x, int length, bool logarithm) => EverySet.Run(() =>
    {
        float[] y = TestData.Output(length * YStride);
        Array.Clear(y, 0, length * YStride);
        SoftmaxKernels.ForwardAlong(ref x[0], XStride, ref y[0], YStride, length, Lanes, logarithm);
        return TestData.Written(y);
    });
}
