using Cnn.Tool.Verification;

namespace Cnn.Onnx.Tests.Verification;

/// <summary>What is said of outputs that are not quite those that were expected.</summary>
public sealed class OutputErrorTests
{
    [Fact]
    public void The_output_that_is_named_is_the_worst_by_the_tolerance()
    {
        // Many units of a small output, and within the tolerance; few of a large one, and beyond it.
        OutputError error = OutputError.Of([2e-5f, 1001.5f, 3], [2.9e-5f, 1000, 3]);
        Assert.False(error.Passes);
        Assert.Equal(1, error.Index);
    }

    [Fact]
    public void The_output_that_is_named_is_the_one_closest_to_the_tolerance_where_all_are_within()
    {
        OutputError error = OutputError.Of([1, 9e-6f, 2], [1.0001f, 0, 2]);
        Assert.True(error.Passes);
        Assert.Equal(1, error.Index);
    }

    [Fact]
    public void Units_in_the_last_place_are_bounded_where_zero_is_expected()
    {
        OutputError error = OutputError.Of([0.5f, 1], [0, 1]);
        Assert.Equal(0, error.Ulp);
        Assert.Equal(0.5, error.Difference);
        Assert.Equal(0, error.Index);
        Assert.Equal(0, OutputError.Of([1e-30f], [1e-38f]).UlpOfLargest);
    }

    [Theory]
    [InlineData(float.NaN, 1)]
    [InlineData(1, float.NaN)]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(1, float.NegativeInfinity)]
    [InlineData(float.NegativeInfinity, float.PositiveInfinity)]
    public void What_is_not_finite_passes_only_where_the_same_is_expected(float found, float expected)
    {
        OutputError error = OutputError.Of([0, found], [0, expected]);
        Assert.False(error.Passes);
        Assert.Equal(1, error.Index);
        Assert.True(OutputError.Of([found], [found]).Passes);
    }
}
