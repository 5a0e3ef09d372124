using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class AxisResamplingTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(40)]
    public void An_output_is_the_weighted_sum_of_its_elements_and_one_without_elements_is_0(int run)
    {
        const int Length = 4, XStep = 48, YStep = 56;
        int[] starts = [0, 1, 3, 3, 7];
        int[] indices = [2, 0, 1, 0, 1, 2, 3];
        float[] weights = [1, 0.25f, 0.75f, -0.1f, 0.6f, 0.6f, -0.1f];
        float[] x = TestData.Uniform(Length * XStep, 1);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(starts.Length * YStep);
            AxisResampling.Run(ref x[0], XStep, ref output[0], YStep, starts, indices, ref weights[0], run);
            return TestData.Written(output);
        });
        for (int output = 0; output < starts.Length - 1; output++)
        {
            for (int i = 0; i < run; i++)
            {
                double[] terms = [.. Enumerable.Range(starts[output], starts[output + 1] - starts[output])
                    .Select(term => (double)weights[term] * x[(indices[term] * XStep) + i])];
                Tolerance.Accumulated(terms.Length, terms.Sum(), terms.Sum(Math.Abs), y[(output * YStep) + i], $"output {output}");
            }

            Assert.All(y[((output * YStep) + run)..((output + 1) * YStep)], unwritten => Assert.True(TestData.IsUnwritten(unwritten)));
        }
    }
}
