using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Randomness;

public sealed class InitializersTests
{
    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(25, 100_000)]
    [InlineData(800, 100_001)]
    public void Values_fill_the_range_with_the_right_mean_and_variance(int fanIn, int count)
    {
        float[] values = new float[count];
        Initializers.UniformFanIn(values, fanIn, 42, 3);

        double bound = 1 / Math.Sqrt(fanIn);
        Assert.All(values, value => Assert.InRange(value, -(float)bound, (float)bound));
        Assert.InRange(values.Max(), bound * 0.999, bound);
        Assert.InRange(values.Min(), -bound, -bound * 0.999);

        // A uniform variable on [-b, b] has the variance b²/3, and its square has the variance 4b⁴/45.
        Assert.InRange(values.Average(value => (double)value), -4 * bound / Math.Sqrt(3.0 * count), 4 * bound / Math.Sqrt(3.0 * count));
        double spread = 4 * bound * bound * Math.Sqrt(4.0 / 45 / count);
        Assert.InRange(values.Average(value => (double)value * value), (bound * bound / 3) - spread, (bound * bound / 3) + spread);
    }

    [Fact]
    public void Seed_and_stream_decide_every_value()
    {
        float[] first = Draw(10, 4, 7, 1);

        Assert.Equal(first, Draw(10, 4, 7, 1));
        Assert.Equal(first[..7], Draw(7, 4, 7, 1));
        Assert.NotEqual(first, Draw(10, 4, 8, 1));
        Assert.NotEqual(first, Draw(10, 4, 7, 2));
        Assert.NotEqual(first, Draw(10, 4, -7, 1));
    }

    [Fact]
    public void The_values_of_a_seed_never_change() =>
        Assert.Equal([0.225919724f, -0.0628269911f, -0.853536606f, -0.318277001f, 0.975437284f], Draw(5, 1, 42, 0));

    [Fact]
    public void A_fan_in_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Draw(1, 0, 0, 0));

    private static float[] Draw(int count, int fanIn, int seed, int stream)
    {
        float[] values = new float[count];
        Initializers.UniformFanIn(values, fanIn, seed, stream);
        return values;
    }
}
