using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class StochasticDepthKernelTests
{
    [Fact]
    public void An_image_is_dropped_or_scaled_as_a_whole()
    {
        float[] x = TestData.Uniform(40, 1);
        float scale = (float)(1 / (1 - (double)0.3f));
        for (ulong image = 0; image < 50; image++)
        {
            float[] y = EverySet.Run(() =>
            {
                float[] output = TestData.Output(x.Length);
                StochasticDepthKernel.Apply(ref x[0], ref output[0], x.Length, 0.3f, 7, image);
                return TestData.Written(output);
            });
            Tolerance.Exact(StochasticDepthKernel.IsKept(0.3f, 7, image) ? [.. x.Select(value => value * scale)] : new float[x.Length], y);
        }
    }

    [Fact]
    public void A_dropped_image_is_0_whatever_it_was()
    {
        ulong dropped = Enumerable.Range(0, 100).Select(image => (ulong)image).First(image => !StochasticDepthKernel.IsKept(0.5f, 1, image));
        float[] x = [.. Enumerable.Repeat(float.NaN, 8)];
        StochasticDepthKernel.Apply(ref x[0], ref x[0], x.Length, 0.5f, 1, dropped);
        Assert.All(x, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    [InlineData(0.8f)]
    public void The_share_of_dropped_images_is_the_probability(float probability)
    {
        const int Draws = 100_000;
        int dropped = Enumerable.Range(0, Draws).Count(image => !StochasticDepthKernel.IsKept(probability, 99, (ulong)image));
        // Six deviations of a binomial.
        Assert.InRange(dropped, (probability * Draws) - (6 * Math.Sqrt(Draws * 0.25)), (probability * Draws) + (6 * Math.Sqrt(Draws * 0.25)));
        Assert.True(probability > 0 || dropped == 0);
    }
}
