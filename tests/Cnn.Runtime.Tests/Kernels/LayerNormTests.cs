using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class LayerNormTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(400)]
    public void Each_element_has_a_weight_and_a_bias_of_its_own(int count)
    {
        float[] x = TestData.Uniform(count, 1), weight = TestData.Uniform(count, 2), bias = TestData.Uniform(count, 3);
        float mean = 0.25f, inverse = 1.5f;
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(count);
            LayerNormKernels.Normalize(ref x[0], ref mean, ref inverse, ref weight[0], ref bias[0], ref output[0], count);
            return TestData.Written(output);
        });
        for (int i = 0; i < count; i++)
        {
            double scaled = ((double)x[i] - mean) * inverse * weight[i];
            Tolerance.Accumulated(4, scaled + bias[i], Math.Abs(scaled) + Math.Abs(bias[i]), y[i]);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(400)]
    public void The_gradients_of_weight_and_bias_are_sums_over_the_images_in_whatever_blocks(int count)
    {
        const int Images = 3;
        float[] x = TestData.Uniform(Images * count, 4), dy = TestData.Uniform(Images * count, 5);
        float[] means = TestData.Uniform(Images, 6), inverses = TestData.Uniform(Images, 7, 0.5f, 2f);
        float[] Compute(int block) => EverySet.Run(() =>
        {
            float[] dw = TestData.Output(count), db = TestData.Output(count);
            int blocks = (count + block - 1) / block;
            for (int n = 0; n < Images; n++)
            {
                for (int b = 0; b < blocks; b++)
                    LayerNormKernels.ParameterGradients(ref dy[n * count], ref x[n * count], ref means[n], ref inverses[n], ref dw[0], ref db[0],
                        count, block, n == 0, b, b + 1);
            }
            return [.. TestData.Written(dw), .. TestData.Written(db)];
        });
        float[] gradients = Compute(16);
        Tolerance.Exact(gradients, Compute(256));
        for (int i = 0; i < count; i++)
        {
            double[] products = [.. Enumerable.Range(0, Images).Select(n => dy[n * count + i] * ((double)x[n * count + i] - means[n]) * inverses[n])];
            double[] slopes = [.. Enumerable.Range(0, Images).Select(n => (double)dy[n * count + i])];
            Tolerance.Accumulated(Images + 2, products.Sum(), products.Sum(Math.Abs), gradients[i]);
            Tolerance.Accumulated(Images, slopes.Sum(), slopes.Sum(Math.Abs), gradients[count + i]);
        }
    }
}
