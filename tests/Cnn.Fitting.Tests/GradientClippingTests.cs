using Cnn.Training;

namespace Cnn.Fitting.Tests;

public sealed class GradientClippingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(1000)]
    public void The_norm_comes_down_to_the_limit_and_the_direction_stays(int length)
    {
        var random = new Random(length);
        float[] gradients = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
        float[] clipped = [.. gradients];
        double norm = Norm(gradients);
        GradientClipping.Norm((float)norm / 3).Apply(clipped);
        Assert.Equal(norm / 3, Norm(clipped), norm * 1e-5);
        Assert.All(Enumerable.Range(0, length), index => Assert.Equal(gradients[index] / 3, clipped[index], 1e-5f));
    }

    [Fact]
    public void Gradients_within_the_limit_stay_to_the_last_bit()
    {
        float[] gradients = [0.3f, -0.4f, 0.1f];
        float[] clipped = [.. gradients];
        GradientClipping.Norm(0.6f).Apply(clipped);
        GradientClipping.Value(0.4f).Apply(clipped);
        Assert.Equal(gradients, clipped);
    }

    [Fact]
    public void Values_are_brought_into_the_range()
    {
        float[] gradients = [3f, -4f, 0.1f];
        GradientClipping.Value(0.5f).Apply(gradients);
        Assert.Equal([0.5f, -0.5f, 0.1f], gradients);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_limit_that_is_none_is_refused(float limit) => Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.Norm(limit));

    [Theory]
    [InlineData(float.NaN, true)]
    [InlineData(float.PositiveInfinity, true)]
    [InlineData(float.NaN, false)]
    public void A_gradient_that_is_no_number_is_told_and_not_spread(float value, bool byNorm)
    {
        float[] gradients = [1, 2, value, 3];
        GradientClipping clipping = byNorm ? GradientClipping.Norm(1) : GradientClipping.Value(5);
        Assert.Contains("cannot be clipped", Assert.Throws<TrainingException>(() => clipping.Apply(gradients)).Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], gradients.Where(float.IsFinite).Take(3));
    }

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));
}
